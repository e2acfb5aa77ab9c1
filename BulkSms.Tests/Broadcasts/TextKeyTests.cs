using BulkSms.Broadcasts.Requests;
using static BulkSms.Tests.Broadcasts.RequestReading;

namespace BulkSms.Tests.Broadcasts;

public sealed class TextKeyTests
{
    [Fact]
    public void Of_SamePeopleInAnotherOrderAndNotation_IsTheSame() => Assert.Equal(
        Key($$"""{"message": "Hello", "recipients": ["{{Ada}}", "{{Bob}}"]}"""),
        Key($$"""{"message": "Hello", "sendAt": "2030-01-08T09:00:00Z", "recipients": [{"to": "tel:{{Bob}}", "reference": "B"}, "{{Ada}}", "{{Ada}}"]}"""));

    [Theory]
    [InlineData("Hello!", Ada, Bob)]
    [InlineData("Hello", Ada)]
    [InlineData("Hello", Ada, "+15550003333")]
    [InlineData("Hello", Ada, Bob, "+15550003333")]
    public void Of_AnotherTextOrList_IsAnother(string message, params string[] recipients) => Assert.NotEqual(
        Key($$"""{"message": "Hello", "recipients": ["{{Ada}}", "{{Bob}}"]}"""),
        Key($$"""{"message": "{{message}}", "recipients": ["{{string.Join("\",\"", recipients)}}"]}"""));

    [Fact]
    public void Of_SwappedTexts_IsAnother() => Assert.NotEqual(Key(Personal("Ada", "Bob")), Key(Personal("Bob", "Ada")));

    [Fact]
    public void Of_DataThatNoTextUses_DoesNotMatter() =>
        Assert.Equal(Key(Personal("Ada", "Bob")), Key(Personal("Ada", "Bob").Replace("\"name\"", "\"town\": \"Bonn\", \"name\"", StringComparison.Ordinal)));

    private static string Personal(string first, string second) => $$$"""
        {"message": "Hi {{name}}", "recipients": [{"to": "{{{Ada}}}", "data": {"name": "{{{first}}}"}}, {"to": "{{{Bob}}}", "data": {"name": "{{{second}}}"}}]}
        """;

    private static string Key(string json) => TextKey.Of(Good(json));
}
