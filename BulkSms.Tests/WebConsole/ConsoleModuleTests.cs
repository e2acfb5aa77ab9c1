using System.Reflection;
using System.Text.Json;
using BulkSms.Audit;
using BulkSms.Broadcasts;
using BulkSms.LocalHost;
using BulkSms.Messages;
using BulkSms.Recipients;
using BulkSms.Segments;
using BulkSms.Tests.Lists;
using BulkSms.Twilio;

namespace BulkSms.Tests.WebConsole;

/// <summary>What the console knows by itself is what BulkSms knows.</summary>
public sealed class ConsoleModuleTests(ConsoleModules modules) : IClassFixture<ConsoleModules>
{
    private const string AllOfGsm7 = "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€";

    private static readonly string[] Texts =
    [
        "", "Hello", AllOfGsm7, AllOfGsm7 + AllOfGsm7, "Ihr Tisch ist bereit ☺", "e\u0301", "ç", "Ć", "“Hello”", "a\tb", "😀",
        .. new[] { 69, 70, 71, 134, 135, 160, 161, 306, 307, 1600 }.SelectMany(length => new[] { new string('a', length), new string('ы', length), Mixed(length, "€"), Mixed(length, "😀") }),
    ];

    [Fact]
    public async Task Count_OfEachText_IsTheServers()
    {
        var counted = await modules.CallAsync<Counted[]>("({ countOf }, texts) => texts.map(countOf)", Texts);

        Assert.Equal(Texts.Select(ByServer), counted);
    }

    [Fact]
    public async Task Words_OfEachNameThatTheServerGives_AreThere()
    {
        var known = await modules.CallAsync<Dictionary<string, string[]>>(
            "(it) => Object.fromEntries(['actionWords', 'broadcastWords', 'recipientWords', 'heldWords'].map((name) => [name, Object.keys(it[name])]))", new { });

        AssertSame(ValuesOf<AuditAction>(typeof(AuditAction)).Select(action => action.Name), known["actionWords"]);
        AssertSame(ValuesOf<string>(typeof(BroadcastStatus)), known["broadcastWords"]);
        AssertSame(ValuesOf<string>(typeof(RecipientStatus)), known["recipientWords"]);
        AssertSame(ValuesOf<string>(typeof(HeldFor)), known["heldWords"]);
    }

    [Fact]
    public async Task Errors_NameNoFieldOfTheApi()
    {
        using var contract = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "BulkSms", "Api", "openapi.json"), TestContext.Current.CancellationToken));
        var fields = contract.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("BroadcastForm").GetProperty("properties").EnumerateObject()
            .Select(field => field.Name).Where(name => name.Any(char.IsAsciiLetterUpper)).ToArray();
        Assert.True(fields.Length >= 15);

        var said = await modules.CallAsync<string[]>("({ inConsoleWords }, fields) => fields.map((field) => inConsoleWords(`does not fit ${field}`))", fields);
        var repeated = await modules.CallAsync<string>("({ inConsoleWords }, text) => inConsoleWords(text)", "was accepted for the same list. Set confirmRepeat to true to send it once more");

        Assert.All(fields.Zip(said), each => Assert.DoesNotContain(each.First, each.Second, StringComparison.Ordinal));
        Assert.Equal("was accepted for the same list", repeated);
    }

    [Fact]
    public async Task Durations_AreSaidAsPeopleDo() => Assert.Equal(
        ["3 hours", "1 hour", "1 day and 12 hours", "1 day, 1 minute and 5 seconds"],
        await modules.CallAsync<string[]>("({ durationText }, durations) => durations.map(durationText)", new[] { "PT3H", "PT1H", "P1DT12H", "P1DT1M5S" }));

    [Fact]
    public async Task Advice_IsOnCodesThatTwilioHas()
    {
        var codes = await modules.CallAsync<int[]>("({ codesWithAdvice }) => codesWithAdvice", new { });

        Assert.All(codes, code => Assert.True(TwilioErrorTable.All.ContainsKey(code), $"{code}"));
        Assert.Equal(codes.Distinct(), codes);
    }

    [Fact]
    public async Task Columns_OfResults_LeaveTheRecipientsValues()
    {
        string[] data = ["Status", "name"];
        string[][] files = [[.. ResultColumns.Header(isFile: true, data)], [.. ResultColumns.Header(isFile: false, data)], [.. ResultColumns.Header(isFile: true, data).Where(name => name != "clicks")], ["to", "name"]];

        var left = await modules.CallAsync<string[][]>("({ dataColumns }, files) => files.map(dataColumns)", files);

        Assert.Equal([data, data, data, ["to", "name"]], left);
    }

    [Fact]
    public async Task Columns_OfAWorkbook_AreThoseOfTheFirstRowOfTheFirstSheetThatIsShown()
    {
        byte[][] files =
        [
            Workbooks.Of(("!Lookup", [["no"]]), ("Guests", [[], ["phone ", null, "A & <B>"], ["+15551230001", "x"]])),
            Shared(),
            Workbooks.Of(("Empty", [])),
            [0x50, 0x4b, 3, 4],
        ];

        var columns = await modules.CallAsync<string[]?[]>(
            "({ headerOf }, files) => Promise.all(files.map((file) => headerOf(new Uint8Array(Buffer.from(file, 'base64')))))", files.Select(Convert.ToBase64String));

        Assert.Equal(["phone", "", "A & <B>"], columns[0]!);
        Assert.Equal(["phone", "", "Zoë’s"], columns[1]!);
        Assert.Equal([null, null], columns[2..]);
    }

    // As Excel writes it: texts stand in a part of their own, here with a reading aid that is no part of the text.
    private static byte[] Shared() => Workbooks.Zip(
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId7\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Target=\"/xl/worksheets/a.xml\" Id=\"rId7\"/></Relationships>"),
        ("xl/sharedStrings.xml", "<sst><si><t>other</t></si><si><r><t>Zo</t></r><r><t>ë&#8217;s</t></r><rPh sb=\"0\"><t>aid</t></rPh></si><si><t>phone</t></si></sst>"),
        ("xl/worksheets/a.xml", "<worksheet><sheetData><row r=\"1\"/><row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"C2\" t=\"s\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><v>15551230001</v></c></row></sheetData></worksheet>"));

    // The long character stands where a segment ends.
    private static string Mixed(int length, string at) => new string('a', length - 1) + at;

    private static Counted ByServer(string text)
    {
        var expected = MessageSegments.Of(FinishedText.Of(text, smartEncoding: false));
        return new(expected.Encoding is SmsEncoding.Gsm7 ? "GSM-7" : "UCS-2", expected.Count, expected.Units);
    }

    private static IEnumerable<T> ValuesOf<T>(Type names) =>
        names.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(T)).Select(field => (T)field.GetValue(null)!);

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> known) => Assert.Equal(expected.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));

    private sealed record Counted(string Encoding, int Segments, int Units);
}
