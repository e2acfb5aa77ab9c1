using System.Text.RegularExpressions;
using BulkSms.Tests.Infrastructure;
using Microsoft.Playwright;

namespace BulkSms.Tests.WebConsole;

/// <summary>What a front desk does with the console, in a browser, against a running app.</summary>
[Collection(WebConsoleCollection.Screens)]
public sealed partial class FrontDeskTests(MemoryFixture memory, ConsoleBrowser browser)
{
    private const string Text = "The clinic is closed today.\nSee you tomorrow.";

    public static TheoryData<string, int, ColorScheme> Windows => new() { { "wide", 1200, ColorScheme.Light }, { "narrow", 320, ColorScheme.Dark } };

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task Day_OfAPastedList_SendsWhatIsRightAndShowsWhatIsNot(string name, int width, ColorScheme colors)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await using var window = await browser.OpenAsync(app, new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = colors });
        var page = window.Page;
        Func<string, Task> show = name == "narrow" ? window.ShowAsync : window.PictureAsync; // axe-core judges a screen once, and takes its time

        await window.SignInAsync();
        Assert.DoesNotContain(TestApp.Key, page.Url, StringComparison.Ordinal);
        await window.SeesAsync("Nothing has been sent yet.");
        await window.Link("New broadcast").PressAsync();
        await window.Field(ConsoleWindow.Message).FillAsync(Text);
        await window.Field(ConsoleWindow.Pasted).FillAsync("+15551230001\n+15551230002\n555-1234\n+15551230002");
        await window.SeesAsync("45 characters, 1 segment");
        await window.SeesAsync("4 entries.");
        await show($"new-{name}");

        await page.ReloadAsync(); // a draft survives
        Assert.Equal(Text, await window.Field(ConsoleWindow.Message).InputValueAsync());
        await window.Button("Check").PressAsync();
        await window.SeesAsync("1 entry with an error");
        await window.SeesAsync("555-1234");
        await show($"check-errors-{name}");

        await window.Button("Leave them out and go on").PressAsync();
        await window.SeesAsync("will get it");
        await show($"check-{name}");
        await window.SendAsync("Send 2 texts");
        await window.FollowsAsync("2 of 2 have a final status");
        Assert.Matches(Following(), page.Url);
        await page.GetByText("Recipient by recipient").PressAsync();
        await window.SeesAsync("+15551230002");
        await show($"broadcast-{name}");

        Assert.Equal(2, app.Twilio.Messages.Accepted);
        Assert.All(app.Twilio.Messages.All, message => Assert.Equal(Text, message.Body));
        await window.GoAsync("broadcasts");
        await window.SeesAsync("The clinic is closed today.");
        await show($"broadcasts-{name}");
    }

    [Fact]
    public async Task Day_ByKeyboardAlone_SendsABroadcast()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await using var window = await browser.OpenAsync(app);
        var page = window.Page;

        await page.GotoAsync(new Uri(app.Url, "/api/console/").ToString());
        await window.TabToAsync("Function key");
        await page.Keyboard.TypeAsync(TestApp.Key);
        await page.Keyboard.PressAsync("Enter");
        await window.SeesAsync("Nothing has been sent yet.");
        await window.TabToAsync("New broadcast");
        await page.Keyboard.PressAsync("Enter");
        await window.TabToAsync(ConsoleWindow.Message);
        await page.Keyboard.TypeAsync("The clinic is closed today.");
        await window.TabToAsync(ConsoleWindow.Pasted);
        await page.Keyboard.TypeAsync("+15551230001");
        await window.TabToAsync("Check");
        await page.Keyboard.PressAsync("Enter");
        await window.SeesAsync("will get it");
        await window.TabToAsync("Send 1 text");
        await page.Keyboard.PressAsync("Enter");

        await window.FollowsAsync("1 of 1 have a final status");
        Assert.Equal(1, app.Twilio.Messages.Accepted);
    }

    [Fact]
    public async Task Broadcast_TriedOnAFirstPart_SaysWhatItWaitsFor()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");
        await window.Page.GetByText("When, and what it may cost").PressAsync();
        await window.Field("Try it first on").SelectOptionAsync("The first 10 %, then wait 10 minutes");
        await window.Field(ConsoleWindow.Message).FillAsync(Text);
        await window.Field(ConsoleWindow.Pasted).FillAsync("+15551230001\n+15551230002");
        await window.Button("Check").PressAsync();
        await window.SendAsync("Send 2 texts");

        await window.FollowsAsync("1 of 2 have a final status");
        await window.SeesAsync("The first recipient of the list is texted. The rest waits for what comes of that.");
        Assert.Equal(1, app.Twilio.Messages.Accepted);
    }

    [Fact]
    public async Task Character_ThatDoublesThePrice_IsMarkedAndReplacedByAClick()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");

        await window.Field(ConsoleWindow.Message).FillAsync("It’s ready… ☺");
        await window.SeesAsync("These characters make the text UCS-2");
        Assert.Equal(["’", "…", "☺"], await window.Page.Locator(".phone mark").AllTextContentsAsync());
        await window.ShowAsync("new-marked");
        await window.Button("Replace by '").PressAsync();
        await window.Button("Replace by ...").PressAsync();

        Assert.Equal("It's ready... ☺", await window.Field(ConsoleWindow.Message).InputValueAsync());
        await window.SeesAsync("U+263A");
        Assert.Equal(["☺"], await window.Page.Locator(".phone mark").AllTextContentsAsync());
    }

    [GeneratedRegex("#/broadcasts/[0-9a-f]{28}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Following();
}
