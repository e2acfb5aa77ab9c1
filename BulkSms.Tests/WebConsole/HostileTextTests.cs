using BulkSms.OptOuts;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.WebConsole;

/// <summary>What comes from outside is text, wherever the console shows it.</summary>
[Collection(WebConsoleCollection.Screens)]
public sealed class HostileTextTests(MemoryFixture memory, ConsoleBrowser browser)
{
    private const string Script = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    private const string Injected = "() => document.querySelectorAll('img, script:not([src=\"app.js\"]), iframe, object').length";

    [Fact]
    public async Task Text_OfEachField_IsShownAsItIs()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");
        await ListFileTests.ChooseAsync(window, $"{Script.Replace('/', '-')}.csv", $"phone,\"{Script}\",name\n+15551230001,x,\"{Script}\"\n\"{Script}\",x,y\n");
        await window.Field(ConsoleWindow.Message).FillAsync($"{Script} {{{{name}}}}");
        await window.SeesAsync($"{Script} {Script}");
        await IsCleanAsync(window);
        await window.Button("Check").PressAsync();
        await window.SeesAsync("1 entry with an error");
        await IsCleanAsync(window);
        await window.Button("Leave them out and go on").PressAsync();
        await window.SeesAsync($"{Script} {Script}");
        await IsCleanAsync(window);
        await window.SendAsync("Send 1 text");
        await window.FollowsAsync("1 of 1 have a final status");
        await window.SeesAsync($"{Script} {{{{name}}}}");
        await IsCleanAsync(window);
        await window.GoAsync("broadcasts");
        await window.SeesAsync(Script);
        await IsCleanAsync(window);

        Assert.Equal(200, await app.Twilio.SendInboundAsync(new(OptOutWebhook.UrlAt(app.Url)), "+15551230007", $"{Script} why do you keep texting me, stop it or not?"));
        await window.GoAsync("problems");
        await window.SeesAsync(Script);
        await IsCleanAsync(window);
        await window.GoAsync($"broadcasts/{Uri.EscapeDataString(Script)}");
        await window.SeesAsync("There is no such broadcast");
        Assert.Equal(200, await app.Twilio.SendInboundAsync(new(OptOutWebhook.UrlAt(app.Url)), "+15551230008", $"Thank you {Script}"));
        await window.GoAsync("optouts");
        await window.SeesAsync($"Thank you {Script}");
        await IsCleanAsync(window);
        await window.Field("Number").FillAsync(Script);
        await window.Button("Search").PressAsync();
        await window.SeesAsync("The number ");
        await IsCleanAsync(window);
    }

    private static async Task IsCleanAsync(ConsoleWindow window) => Assert.Equal(0, await window.Page.EvaluateAsync<int>(Injected));
}
