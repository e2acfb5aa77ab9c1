using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Tests.Infrastructure;
using Microsoft.Playwright;

namespace BulkSms.Tests.WebConsole;

/// <summary>However often it is sent, a draft is one broadcast.</summary>
[Collection(WebConsoleCollection.Screens)]
public sealed class SendOnceTests(MemoryFixture memory, ConsoleBrowser browser)
{
    private const string Broadcasts = "**/api/v1/broadcasts";

    [Fact]
    public async Task Send_WithALostAnswerAndAReload_IsOneBroadcast()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync();
        await window.CheckAsync("Hello", "+15551230001");
        await window.Page.RouteAsync(Broadcasts, LoseAnswerAsync);

        await window.Button("Send 1 text").PressAsync();
        await window.SeesAsync("BulkSms does not answer.");
        await window.SeesAsync("it will not be sent twice");
        await window.GoAsync("new"); // what may be on its way is not changed
        await window.SeesAsync("It may be on its way.");
        await window.Page.UnrouteAsync(Broadcasts, LoseAnswerAsync);
        await window.Link("Go to its check").PressAsync();
        await window.Page.ReloadAsync();
        await window.Button("Send 1 text").PressAsync();

        await window.SeesAsync("0 of 1 have a final status");
        Assert.Single(await ListAsync(app));
    }

    [Fact]
    public async Task Send_ClickedTwice_IsOneBroadcastAndTheNextDraftAnother()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync();
        for (var broadcasts = 1; broadcasts <= 2; broadcasts++)
        {
            await window.CheckAsync("Hello", "+15551230001");
            await window.Button("Send 1 text").PressTwiceAsync();
            await window.SeesAsync("0 of 1 have a final status");

            Assert.Equal(broadcasts, (await ListAsync(app)).Count);
        }
    }

    [Fact]
    public async Task Test_ToOnesOwnPhone_IsSentAndIsNoBroadcastOfTheList()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync();
        await window.CheckAsync("Hello", "+15551230001");

        await window.Page.GetByText("Send me a test").PressAsync();
        await window.Field("Your own number").FillAsync("+15551230009");
        await window.Button("Send the test").PressAsync();

        await window.SeesAsync("The test is on its way.");
        await Eventually.TrueAsync(() => app.Twilio.Messages.CountFor("+15551230009") == 1);
        Assert.Equal(0, app.Twilio.Messages.CountFor("+15551230001"));
        Assert.Empty(await ListAsync(app));
    }

    [Fact]
    public async Task Connection_Lost_IsShownAndRecoveredFrom()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync();
        await window.CheckAsync("Hello", "+15551230001");
        await window.SendAsync("Send 1 text");
        await window.SeesAsync("0 of 1 have a final status");

        await window.Page.Context.SetOfflineAsync(true);
        await window.SeesAsync("The connection is lost.");
        await window.Page.Context.SetOfflineAsync(false);

        await window.Page.GetByText("The connection is lost.").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await window.SeesAsync("0 of 1 have a final status");
    }

    [Fact]
    public async Task Session_ThatEnds_KeepsTheDraftAndSigningOutForgetsAll()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var window = await browser.OpenAsync(app);
        var page = window.Page;
        await window.SignInAsync("new");
        await window.Field(ConsoleWindow.Message).FillAsync("Hello");
        await ListFileTests.ChooseAsync(window, "guests.csv", "phone\n+15551230001\n");
        await window.SeesAsync("guests.csv");

        await page.EvaluateAsync("() => sessionStorage.setItem('bulksms.key', 'old')");
        await page.ReloadAsync();
        await window.GoAsync("broadcasts");
        await window.SeesAsync("The key was not accepted. Sign in again.");
        await window.ShowAsync("sign-in");
        await window.Field("Function key").FillAsync(TestApp.Key);
        await window.Button("Sign in").PressAsync();
        await window.Link("Go on with the draft").PressAsync();
        Assert.Equal("Hello", await window.Field(ConsoleWindow.Message).InputValueAsync());

        var kept = await window.Button("Sign out").EvaluateAsync<int>($"button => {{ button.click(); return ({KeptFiles})(); }}"); // at once: a tab can be closed right after it
        await window.Field("Function key").WaitForAsync();
        Assert.Equal(0, kept);
        Assert.Equal("", await page.EvaluateAsync<string>("() => Object.keys(sessionStorage).concat(Object.keys(localStorage)).join()"));
    }

    private const string KeptFiles = """
        () => new Promise(resolve => { const opening = indexedDB.open('bulksms', 1); opening.onsuccess = () => {
          const counting = opening.result.transaction('files').objectStore('files').count(); counting.onsuccess = () => resolve(counting.result); }; })
        """;

    // The app has answered, and the answer does not come back.
    private static async Task LoseAnswerAsync(IRoute route)
    {
        if (route.Request.Method == "POST")
        {
            await route.FetchAsync();
            await route.AbortAsync();
        }
        else
        {
            await route.ContinueAsync();
        }
    }

    private static async Task<IReadOnlyList<BroadcastSummaryView>> ListAsync(TestApp app) =>
        (await app.Http.GetFromJsonAsync("/api/v1/broadcasts", ApiJson.Default.BroadcastPage))!.Broadcasts;
}
