using BulkSms.Tests.Infrastructure;
using Microsoft.Playwright;

namespace BulkSms.Tests.WebConsole;

/// <summary>A person signs in at the issuer, without a function key.</summary>
[Collection(WebConsoleCollection.Screens)]
public sealed class SignInTests(MemoryFixture memory, ConsoleBrowser browser)
{
    private const string Ended = "Your session has ended. Sign in again: what you wrote is kept.";
    private const string Draft = "The clinic is closed today.";

    [Fact]
    public async Task Person_WhoSignsIn_SendsByTheTokenAlone()
    {
        await using var issuer = await SignInIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings);
        await using var window = await OpenAsync(app, issuer);
        var calls = new List<IRequest>();
        window.Page.Request += (_, request) => calls.Add(request);

        await window.GoAsync("broadcasts");
        await window.ShowAsync("sign-in-at-issuer");
        await SignInAsync(window);
        await window.SeesAsync("ada@example.com");
        await window.CheckAsync(Draft, "+15551230001");
        await window.SendAsync("Send 1 text");
        await window.Page.GetByRole(AriaRole.Heading, new() { Name = "Broadcast", Exact = true }).WaitForAsync();
        await window.SeesAsync("by ada");

        Assert.Empty(issuer.Wrong);
        Assert.DoesNotContain("code=", window.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(calls, call => call.Headers.ContainsKey("x-functions-key") || call.Url.Contains("/api/v1/", StringComparison.Ordinal) && !call.Url.Contains("/api/console/api/v1/", StringComparison.Ordinal));
        Assert.Contains(calls, call => call.Headers.ContainsKey("authorization"));
    }

    [Fact]
    public async Task Broadcast_AboveTheLimit_IsSentWhenAnotherPersonApprovesIt()
    {
        await using var issuer = await SignInIssuer.StartAsync();
        issuer.Roles = ["Broadcast.Send", "Broadcast.Read", "Broadcast.Approve"];
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.SettingsWithApproval);
        await using (var author = await OpenAsync(app, issuer))
        {
            await author.GoAsync("broadcasts");
            await SignInAsync(author);
            await author.CheckAsync(Draft, Approvals.Numbers(2));
            await author.SeesAsync("Another person has to approve it before anything is sent.");
            await author.SendAsync("Send 2 texts");
            await author.SeesAsync("Nothing is sent before another person than ada approves it");
            await author.Button("Approve").PressAsync();
            await author.Button("Yes, approve it").PressAsync();
            await author.SeesAsync("You have sent this broadcast: another caller has to decide on it.");
        }

        issuer.Person = "bob";
        await using var other = await OpenAsync(app, issuer);
        await other.GoAsync("broadcasts");
        await SignInAsync(other);
        await other.Field("Show").SelectOptionAsync("Awaiting approval");
        await other.Link(Draft).PressAsync();
        await other.Button("Approve").PressAsync();
        await other.Field("Comment (others see it)").FillAsync("The day is right");
        await other.ShowAsync("approval-asks");
        Assert.Equal(0, app.Twilio.Messages.Accepted);
        await other.Button("Yes, approve it").PressAsync();

        await other.SeesAsync("Approved by bob");
        await other.SeesAsync("The day is right");
        await other.FollowsAsync("2 of 2 have a final status");
        Assert.Equal(2, app.Twilio.Messages.Accepted);
    }

    [Fact]
    public async Task Person_WhoMayOnlyRead_SeesNoButtonThatChanges()
    {
        await using var issuer = await SignInIssuer.StartAsync();
        issuer.Roles = ["Broadcast.Read"];
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);
        await using var window = await OpenAsync(app, issuer);
        await window.GoAsync("broadcasts");
        await SignInAsync(window);

        foreach (var (screen, seen) in new[] { ("broadcasts", "Nothing has been sent yet."), ("new", "Your role lets you see broadcasts, and send none."), ("check", "Your role lets you see"), ("problems", "Problems"), ("optouts", "No person has opted out."), ("sending", "Running") })
        {
            await window.GoAsync(screen);
            await window.SeesAsync(seen);
            foreach (var change in new[] { "New broadcast", "Check", "Send it again", "Suspend all sending", "Add to the list", "Opt out", "Send all of this broadcast again" })
            {
                Assert.Equal((screen, change, 0), (screen, change, await window.Button(change).CountAsync() + await window.Link(change).CountAsync()));
            }
        }
    }

    [Fact]
    public async Task Session_IsRenewedWithoutAQuestion_KeepsTheDraftWhenItEndsAndIsForgottenBySignOut()
    {
        await using var issuer = await SignInIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);
        await using var window = await OpenAsync(app, issuer);
        await window.GoAsync("broadcasts");
        await SignInAsync(window);

        await ChangeTokenAsync(window, "expiresAt: 0, access: 'e30.e30.none'"); // it is about to end
        await window.SeesAsync("Nothing has been sent yet.");
        Assert.Equal(1, issuer.Refreshed);

        await window.GoAsync("new");
        await window.Field(ConsoleWindow.Message).FillAsync(Draft);
        await ChangeTokenAsync(window, "expiresAt: 0, refresh: null");
        await window.GoAsync("broadcasts");
        await window.SeesAsync(Ended);
        await window.GoAsync("new");
        await SignInAsync(window);
        await Assertions.Expect(window.Field(ConsoleWindow.Message)).ToHaveValueAsync(Draft);

        await window.GoAsync("broadcasts");
        await ChangeTokenAsync(window, "access: 'e30.e30.none'"); // the app refuses it
        await window.SeesAsync(Ended);
        await SignInAsync(window);

        await window.Button("Sign out").PressAsync();
        await Eventually.TrueAsync(() => issuer.SignedOut == 1);
        await window.SeesAsync("You sign in with the account of your organization");
        Assert.Null(await window.Page.EvaluateAsync<string?>("() => sessionStorage.getItem('bulksms.token')"));
        Assert.DoesNotContain(Draft, await window.Page.EvaluateAsync<string>("() => JSON.stringify(sessionStorage)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_OfASignInThatWasNotBegunHere_IsRefused()
    {
        await using var issuer = await SignInIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);
        await using var window = await OpenAsync(app, issuer);

        await window.Page.GotoAsync(new Uri(app.Url, "/api/console/#code=stolen&state=other").ToString());

        await window.SeesAsync("That sign-in was not begun here.");
        Assert.DoesNotContain("stolen", window.Page.Url, StringComparison.Ordinal);
    }

    private async Task<ConsoleWindow> OpenAsync(TestApp app, SignInIssuer issuer)
    {
        var window = await browser.OpenAsync(app);
        window.Issuer = issuer.Address;
        return window;
    }

    private static async Task SignInAsync(ConsoleWindow window)
    {
        await window.Button("Sign in").PressAsync();
        await window.Link(SignInIssuer.Continue).PressAsync();
        await window.Button("Sign out").WaitForAsync();
    }

    /// <summary>Time has passed, or the issuer has changed its mind, for the token that the page keeps.</summary>
    private static async Task ChangeTokenAsync(ConsoleWindow window, string change)
    {
        await window.Page.EvaluateAsync($$"""() => { sessionStorage.setItem("bulksms.token", JSON.stringify({ ...JSON.parse(sessionStorage.getItem("bulksms.token")), {{change}} })); }""");
        await window.Page.ReloadAsync();
    }
}
