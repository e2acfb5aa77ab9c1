using BulkSms.OptOuts;
using BulkSms.Tests.Documents;
using BulkSms.Tests.Infrastructure;
using Microsoft.Playwright;

namespace BulkSms.Tests.WebConsole;

/// <summary>The pictures of docs/console.md: with <c>BULKSMS_WRITE_DOCS=1</c> they are taken anew.</summary>
[Collection(WebConsoleCollection.Screens)]
public sealed class ConsolePicturesTests(MemoryFixture memory, ConsoleBrowser browser)
{
    private const int MostBytes = 100 * 1024;
    private const string Text = "Hello {{name}}, the clinic is closed on Monday. We see you on Tuesday at the same time.";
    private static readonly string[] Names = ["new", "check", "broadcast", "broadcasts", "problems", "sending"];

    [Fact]
    public async Task Pictures_OfTheDocument_AreSmall()
    {
        if (DocumentFiles.Writes)
        {
            await TakeAsync();
        }

        Assert.All(Names, name => Assert.InRange(new FileInfo(PathOf(name)).Length, 1, MostBytes));
    }

    private async Task TakeAsync()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Recipients["+12015550104"] = new() { RejectCode = 21614 };
        await using var window = await browser.OpenAsync(app, new() { ViewportSize = new() { Width = 900, Height = 700 } });
        await window.SignInAsync("new");
        await ListFileTests.ChooseAsync(window, "patients.csv", "phone,name\n+12015550101,Ada\n+12015550102,Bob\n+12015550103,Cleo\n+12015550104,Dan\n");
        await window.Field(ConsoleWindow.Message).FillAsync(Text);
        await window.SeesAsync("Hello Ada");
        await TakeAsync(window, "new");
        await window.Button("Check").PressAsync();
        await window.SeesAsync("Hello Dan");
        await TakeAsync(window, "check");
        await window.SendAsync("Send 4 texts");
        await window.FollowsAsync("4 of 4 have a final status");
        await TakeAsync(window, "broadcast");
        await app.BroadcastJsonAsync($$"""{"message": "Your table at The Olive Tree is ready.", "recipients": ["+12015550105", "+12015550106"]}""");
        await app.BroadcastJsonAsync($$"""{"message": "We are open again from Thursday.", "recipients": ["+12015550101", "+12015550102", "+12015550103"], "sendAt": "{{TimeProvider.System.GetUtcNow().AddDays(1):O}}"}""");
        await window.GoAsync("broadcasts");
        await window.SeesAsync("Your table");
        await TakeAsync(window, "broadcasts");
        await app.Twilio.SendInboundAsync(new(OptOutWebhook.UrlAt(app.Url)), "+12015550102", "Why do you keep texting me, stop it or not?");
        await window.GoAsync("problems");
        await window.SeesAsync("Why do you keep");
        await window.SeesAsync("+12015550104");
        await TakeAsync(window, "problems");
        await window.GoAsync("sending");
        await window.Button("Suspend all sending").PressAsync();
        await window.Button("Yes, suspend").PressAsync();
        await window.SeesAsync("Nothing is sent:");
        await window.Page.SetViewportSizeAsync(360, 700);
        await TakeAsync(window, "sending");
    }

    private static Task TakeAsync(ConsoleWindow window, string name) => window.Page.ScreenshotAsync(new() { Path = PathOf(name), FullPage = name != "sending" });

    private static string PathOf(string name) => DocumentFiles.PathOf($"docs/pictures/{name}.png");
}
