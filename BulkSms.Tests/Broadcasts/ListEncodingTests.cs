using System.Text;
using BulkSms.Broadcasts.Requests;
using static BulkSms.Tests.Broadcasts.UploadReading;

namespace BulkSms.Tests.Broadcasts;

/// <summary>Files in encodings that they do not name.</summary>
public sealed class ListEncodingTests
{
    private const string Header = "phone;name\r\n+15551230001;Ada\r\n";

    [Fact]
    public async Task Read_Windows1252_IsReadWithAWarningThatNamesAChangedWord()
    {
        byte[] file = [.. Encoding.Latin1.GetBytes(Header + "+15551230002;Zoë Ä"), 0x80, .. "\r\n"u8];

        var (request, errors) = await RequestOfAsync(file);

        Assert.Empty(errors);
        Assert.Equal(["Hi Ada", "Hi Zoë Ä€"], request!.Recipients.Without(_ => false).Select(each => each.Text));
        var warning = Assert.Single(request.Warnings!);
        Assert.Equal("line 3", warning.Place);
        Assert.Contains("Windows-1252, in which this line has \"Zoë\"", warning.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/csv; charset=windows-1252", "Zoë")]
    [InlineData("text/csv; charset=\"ISO-8859-1\"", "Zoë")]
    [InlineData("text/csv;charset=utf-8", null)]
    public async Task Read_DeclaredEncoding_IsTakenWithoutAWarning(string type, string? expected)
    {
        var (request, errors) = await RequestOfAsync(Encoding.Latin1.GetBytes("phone;name\n+15551230001;Zoë\n"), source: ListSource.Of(type, "list.csv"));

        Assert.Equal(expected is null ? ["line 2: has characters that cannot be read in the file's encoding: save the file as UTF-8"] : [], errors);
        Assert.Null(request?.Warnings);
        Assert.True(expected is null || request!.Recipients.Without(_ => false)[0].Text == $"Hi {expected}");
    }

    [Fact]
    public async Task Read_Cyrillic_IsReadAsDeclared()
    {
        byte[] file = [.. Encoding.ASCII.GetBytes("phone;name\n+15551230001;"), 0xC0, 0xE4, 0xE0];

        var (request, _) = await RequestOfAsync(file, source: ListSource.Of("text/csv; charset=windows-1251", null));

        Assert.Equal("Hi Ада", request!.Recipients.Without(_ => false)[0].Text);
    }

    [Fact]
    public async Task Read_BytesThatWindows1252DoesNotHave_AreAnError()
    {
        byte[] file = [.. Encoding.Latin1.GetBytes("phone;name\n+15551230001;Zo"), 0x81, (byte)'\n'];

        Assert.Equal(["line 2: has characters that cannot be read in the file's encoding: save the file as UTF-8"], (await RequestOfAsync(file)).Errors);
    }

    [Fact]
    public async Task Read_Utf16WithoutItsMark_IsFoundOut() =>
        Assert.Equal("Hi Zoë", (await RequestOfAsync(Encoding.Unicode.GetBytes("phone,name\n+15551230001,Zoë\n"))).Request!.Recipients.Without(_ => false)[0].Text);

    [Fact]
    public async Task Read_NdjsonThatIsNotUtf8_IsAnError() => Assert.Equal(
        ["line 1: has bytes that are not UTF-8"], (await RequestOfAsync(Encoding.Latin1.GetBytes("{\"to\": \"+15551230001\", \"data\": {\"name\": \"Zoë\"}}"))).Errors);
}
