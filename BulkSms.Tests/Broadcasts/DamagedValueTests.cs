using System.Text;
using System.Text.Json;
using BulkSms.Broadcasts.Requests;
using static BulkSms.Tests.Broadcasts.RequestReading;
using static BulkSms.Tests.Broadcasts.UploadReading;

namespace BulkSms.Tests.Broadcasts;

/// <summary>Values that are not what their sender meant: controls, nothing that is seen, formulas, numbers as programs write them, a country that contradicts.</summary>
public sealed class DamagedValueTests
{
    private const string Template = "HX0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("x\0y")] // what stands between the values that are kept: the next one would be read as "y"
    [InlineData("x\u0007")]
    public void Read_ControlInAVariableOfATemplate_IsAFault(string value) => Assert.Equal(
        ["$.recipients[0]: the contentVariables for this recipient must not contain control characters other than tab, line feed, form feed and carriage return"],
        FaultsOf(WithVariables("""{"1": "{{a}}", "2": "{{b}}"}""", new { a = value, b = "z" })));

    [Theory]
    [InlineData("\u0303x", "Hi\n\u0303x")]
    [InlineData("Cafe\u0301", "Hi\nCaf\u00e9")]
    public void Read_MarkAtTheBeginningOfAVariablesValue_KeepsItJson(string value, string expected)
    {
        var text = Assert.Single(Good(WithVariables("""{"1": "Hi\n{{a}}"}""", new { a = value })).Recipients.Without(_ => false)).Text!;

        using var variables = JsonDocument.Parse(text);
        Assert.Equal(expected, variables.RootElement.GetProperty("1").GetString());
    }

    [Theory]
    [InlineData("\u200b")]
    [InlineData(" \u200d\u00a0")]
    public void Read_ValueThatShowsNothing_IsAMissingValue(string value)
    {
        Assert.Equal(["$.recipients[0]: has no value for {{name}}"], FaultsOf(WithName("Hi {{name}}", value)));
        Assert.Equal("Hi there", Assert.Single(Good(WithName("Hi {{name|there}}", value)).Recipients.Without(_ => false)).Text);
    }

    [Theory]
    [InlineData("=B2")]
    [InlineData("=B2&\" \"&C2")]
    [InlineData("=VLOOKUP(A2,Guests!A:B,2)")]
    [InlineData("='My guests'!$B$2")]
    [InlineData("=+Guests!B2")]
    [InlineData("=[@Name]")]
    public void Read_Formula_IsAFault(string value)
    {
        Assert.Equal(["$.recipients[0].data.name: has a formula for {{name}}, not its result: write the value, or set literal to true to send it as it is"], FaultsOf(WithName("Hi {{name}}", value)));
    }

    [Theory]
    [InlineData("=)")]
    [InlineData("= 5 EUR")]
    [InlineData("=Ada=")]
    [InlineData("a=B2")]
    public void Read_EqualsSign_IsText(string value) => Assert.Equal($"Hi {value}", Assert.Single(Good(WithName("Hi {{name}}", value)).Recipients.Without(_ => false)).Text);

    [Fact]
    public void Read_NumberWithAnExponent_IsAFault() => Assert.Equal(
        ["$.recipients[0].data.sum: is a number with an exponent: write it as a string, as the text message should show it"],
        FaultsOf($$$"""{"message": "Hi {{sum}}", "recipients": [{"to": "{{{Ada}}}", "data": {"sum": 1E3}}]}"""));

    [Fact]
    public void Read_NamesThatDifferInAControl_AreKeptApart()
    {
        var people = Good($$"""
            {"message": "Hi", "recipients": [
              {"to": "{{Ada}}", "data": {"a": "1", "b": "2"} }, {"to": "{{Bob}}", "data": {"c": "3"} }, {"to": "+15550003333", "data": {"a\u0000b": "4"} } ] }
            """).Recipients.Without(_ => false);

        Assert.Equal(["""{"a":"1","b":"2"}""", """{"c":"3"}""", """{"a\u0000b":"4"}"""], people.Select(person => person.Data));
    }

    [Theory]
    [InlineData("country", "AT", false)]
    [InlineData("Land", "Österreich", false)]
    [InlineData("Country code", "+43", false)]
    [InlineData("Ländervorwahl", "0043", false)]
    [InlineData("country", "DE", true)]
    [InlineData("country code", "49", true)]
    [InlineData("country", "", true)]
    [InlineData("country", "Bavaria", true)]
    [InlineData("country", "US", true)] // no number there
    [InlineData("doctor", "AT", true)]
    public async Task Read_CountryThatIsNotTheDefaultRegion_IsAskedAbout(string column, string country, bool isRead)
    {
        var (_, errors) = await RequestOfAsync(Encoding.UTF8.GetBytes($"phone,{column}\n0664 1234567,{country}\n+43 664 1234568,{country}\n"), "Hi", rules: new("DE"));

        Assert.Equal(isRead ? [] : ["line 2: could be +496641234567 in DE, the defaultRegion, or +436641234567 in AT, the country that its entry names: write the one that is meant, with its +"], errors);
    }

    private static string WithName(string message, string name) => $$"""{"message": {{JsonSerializer.Serialize(message)}}, "recipients": [{"to": "{{Ada}}", "data": {"name": {{JsonSerializer.Serialize(name)}} } } ] }""";

    private static string WithVariables(string variables, object data) =>
        $$"""{"contentSid": "{{Template}}", "contentVariables": {{variables}}, "recipients": [{"to": "{{Ada}}", "data": {{JsonSerializer.Serialize(data)}}}]}""";
}
