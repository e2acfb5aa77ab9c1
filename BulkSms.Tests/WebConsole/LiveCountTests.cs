using System.Globalization;
using BulkSms.Messages;
using BulkSms.Segments;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.WebConsole;

/// <summary>What the console counts while a text is typed is what BulkSms counts and Twilio bills.</summary>
[Collection("WebConsole")]
public sealed class LiveCountTests(MemoryFixture memory, ConsoleBrowser browser)
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
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");
        var counter = window.Page.Locator("#count");
        foreach (var text in Texts)
        {
            await window.Field(ConsoleWindow.Message).FillAsync(text);
            var expected = MessageSegments.Of(FinishedText.Of(text, smartEncoding: false));

            await window.Page.Locator($"#count[data-units=\"{expected.Units}\"]").WaitForAsync();
            Assert.Equal(
                (expected.Encoding is SmsEncoding.Gsm7 ? "GSM-7" : "UCS-2", expected.Count.ToString(CultureInfo.InvariantCulture)),
                (await counter.GetAttributeAsync("data-encoding"), await counter.GetAttributeAsync("data-segments")));
        }
    }

    [Fact]
    public async Task Character_ThatDoublesThePrice_IsReplacedByAClick()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");

        await window.Field(ConsoleWindow.Message).FillAsync("It’s ready… ☺");
        await window.SeesAsync("These characters make the text UCS-2");
        await window.Button("Replace by '").ClickAsync();
        await window.Button("Replace by ...").ClickAsync();

        Assert.Equal("It's ready... ☺", await window.Field(ConsoleWindow.Message).InputValueAsync());
        await window.SeesAsync("U+263A");
    }

    // The long character stands where a segment ends.
    private static string Mixed(int length, string at) => new string('a', length - 1) + at;
}
