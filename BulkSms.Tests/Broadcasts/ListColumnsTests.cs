using System.Text;
using BulkSms.Broadcasts.Requests;
using BulkSms.Recipients;
using static BulkSms.Tests.Broadcasts.UploadReading;

namespace BulkSms.Tests.Broadcasts;

/// <summary>Which column is what, and numbers whose country nothing names.</summary>
public sealed class ListColumnsTests
{
    [Theory]
    [InlineData("Mobile Number,First Name\n+15551230001,Ada\n", "{{first_name}}", null)]
    [InlineData("phone,mobile,first.name\n+1,+15551230001,Ada\n", "{{First Name}}", "MOBILE")]
    [InlineData("Kontakt;FirstName;x;x\n+15551230001;Ada;1;2\n", "{{first name}}", " kontakt ")]
    [InlineData("phone,\u200bname\u00a0,note\n+15551230001,Ada\n", "{{name}}", null)]
    [InlineData("phone,name\n+15551230001,\n", "{{name|Ada}}", null)]
    [InlineData("phone,name\n'+15551230001,=\"Ada\"\n", "{{name}}", null)]
    [InlineData("phone,name,,\n+15551230001,Ada,,,,\n,,\n \u200b\n", "{{name}}", null)]
    [InlineData("phone,name\n+15551230001,Ada\n\u001a", "{{name}}", null)]
    public async Task Read_ForgivingNames_AreFound(string file, string message, string? numberColumn)
    {
        var (request, errors) = await RequestOfAsync(Encoding.UTF8.GetBytes(file), message, new(NumberColumn: numberColumn));

        Assert.Empty(errors);
        var only = Assert.Single(request!.Recipients.Without(_ => false));
        Assert.Equal(("+15551230001", "Ada"), (only.To, only.Text));
    }

    [Theory]
    [InlineData("phone,mobile\n", null, "line 1: has several columns that may hold the numbers: phone, mobile. Name the one that is meant by numberColumn")]
    [InlineData("first,second\n", null, "line 1: is a header without a column of phone numbers; its columns are first, second. Call one of them phone, or name it by numberColumn")]
    [InlineData("phone,name\n", "cell", "line 1: has no column cell, which numberColumn names; its columns are phone, name")]
    [InlineData("phone,Phone\n", "phone", "line 1: has the column phone 2 times: give them names of their own")]
    [InlineData("phone;x,mobile\n1;2,3\n", null, "line 1: may be separated by commas or by semicolons: name one in a line above the header, such as sep=,")]
    public async Task Read_UnclearHeader_IsAskedAbout(string file, string? numberColumn, string error) =>
        Assert.Equal([error], (await RequestOfAsync(Encoding.UTF8.GetBytes(file), "Hello", new(NumberColumn: numberColumn))).Errors);

    [Fact]
    public async Task Read_NoColumnForADefault_IsAWarning() => Assert.Equal(
        [new("line 1", "has no column for {{name}}: every text has what stands for a missing value")],
        (await RequestOfAsync("phone\n+15551230001\n"u8.ToArray(), "Hi {{name|there}}")).Request!.Warnings);

    [Fact]
    public async Task Read_SheetOfATextFile_IsAnError() => Assert.Equal(
        ["recipients: is a text file, which has no sheets: leave out sheet"], (await RequestOfAsync("phone\n+15551230001\n"u8.ToArray(), "Hi", new(Sheet: "Guests"))).Errors);

    [Theory]
    [InlineData("Handy;Land\n0151 23456789;Deutschland\n0151 23456780;Deutschland\n", "has no + and country code: write it as +15551234567, or name its country in defaultRegion. 1 other entry has the same error. The column of countries suggests defaultRegion DE")]
    [InlineData("phone,country\n07400 123456,UK\n", "has no + and country code: write it as +15551234567, or name its country in defaultRegion. The column of countries suggests defaultRegion GB")]
    [InlineData("phone\n07400 123456\n+447400123457\n07400 123458\n", "has no + and country code: write it as +15551234567, or name its country in defaultRegion. 1 other entry has the same error. The other numbers suggest defaultRegion GB")]
    [InlineData("mobile number\n07400 123456\n", "has no + and country code: write it as +15551234567, or name its country in defaultRegion. They are valid numbers with defaultRegion GB or IN")]
    [InlineData("phone\n123456\n", "\"123456\" has no + and country code: write it as +15551234567, or name its country in defaultRegion")]
    public async Task Read_NationalNumbersWithoutARegion_AreOneErrorThatProposesIt(string file, string error) =>
        Assert.Equal([$"line 2: {error}"], (await RequestOfAsync(Encoding.UTF8.GetBytes(file), "Hello")).Errors);

    [Fact]
    public async Task Read_ThousandNationalNumbers_AreOneError()
    {
        var file = "Telefon\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"0151 2345{i:0000}\n"));

        var error = Assert.Single((await RequestOfAsync(Encoding.UTF8.GetBytes(file), "Hello")).Errors);

        Assert.Contains("499 other entries have the same error", error, StringComparison.Ordinal);
        Assert.Empty((await RequestOfAsync(Encoding.UTF8.GetBytes(file), "Hello", rules: new NumberRules("DE"))).Errors);
    }

    [Fact]
    public async Task Read_JsonArray_IsItsRecipients()
    {
        var (request, errors) = await RequestOfAsync("""
            [ {"to": "+15551230001", "reference": "A-1", "data": {"First Name": "Ada, [x] \" {"}},
              {"to": "+15551230002", "id": 7, "data": {"first_name": 5}} ]
            """u8.ToArray(), "Hi {{firstname}}");

        Assert.Empty(errors);
        Assert.Equal(["Hi Ada, [x] \" {", "Hi 5"], request!.Recipients.Without(_ => false).Select(each => each.Text));
    }

    [Theory]
    [InlineData("[\"+15551230001\"]", null)]
    [InlineData("\ufeff [ ]", "recipients: must name at least one recipient")]
    [InlineData("[\"+15551230001\", \"x\"]", "$[1]: \"x\" has the letter 'x' at position 1; a phone number has digits, spaces, hyphens, dots, a slash or brackets")]
    [InlineData("[{\"to\": \"x1\"}]", "$[0].to: \"x1\" has the letter 'x' at position 1; a phone number has digits, spaces, hyphens, dots, a slash or brackets")]
    [InlineData("[\"+15551230001\", nonsense]", "$[1]: is not valid JSON")]
    [InlineData("[\"+15551230001\"", "recipients: is a JSON array that has no end: is the file complete?")]
    [InlineData("[\"+15551230001\"] x", "recipients: is a JSON array with something after its end")]
    [InlineData("{\n", "line 1: is not valid JSON: each line is one recipient, or the file is one array [ … ]")]
    public async Task Read_Json_IsReadOrRefusedAtItsPlace(string file, string? error) =>
        Assert.Equal(error is null ? [] : [error], (await RequestOfAsync(Encoding.UTF8.GetBytes(file), "Hello")).Errors);
}
