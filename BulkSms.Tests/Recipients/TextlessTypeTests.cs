using BulkSms.Recipients;

namespace BulkSms.Tests.Recipients;

/// <summary>With <c>strict</c>, numbers of a type that gets no texts are refused; where the type is not sure, they are not.</summary>
public sealed class TextlessTypeTests
{
    [Theory]
    [InlineData("900 555 1234", "US", "is a premium-rate number, which gets no texts: remove it, or leave out strict")]
    [InlineData("+19005551234", null, "is a premium-rate number, which gets no texts: remove it, or leave out strict")]
    [InlineData("0900 1234567", "DE", "is a premium-rate number, which gets no texts: remove it, or leave out strict")]
    [InlineData("0180 5 123456", "DE", "is a shared-cost number, which gets no texts: remove it, or leave out strict")]
    [InlineData("030 123456", "DE", "is a landline, which gets no texts: remove it, or leave out strict")]
    [InlineData("020 7183 8750", "GB", "is a landline, which gets no texts: remove it, or leave out strict")]
    public void TryParse_ATypeThatGetsNoTexts_IsRefusedIfStrict(string text, string? region, string expected)
    {
        Assert.False(PhoneNumber.TryParse(text, new(region, Strict: true), out _, out var error));
        Assert.Equal(expected, error);
        Assert.True(PhoneNumber.TryParse(text, new(region), out _, out _));
    }

    [Theory]
    [InlineData("212 555 1234", "US")] // a landline or a mobile: nothing tells
    [InlineData("800 555 1234", "US")] // toll-free numbers can have texts
    [InlineData("0170 1234567", "DE")]
    [InlineData("+541112345678", null)] // a landline, or a mobile without its 9
    public void TryParse_ATypeThatMayGetTexts_IsTheNumber(string text, string? region) =>
        Assert.True(PhoneNumber.TryParse(text, new(region, Strict: true), out _, out var error), error);
}
