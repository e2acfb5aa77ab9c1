using System.Net;
using System.Text;
using BulkSms.OptOuts;
using BulkSms.Tests.Infrastructure;
using Microsoft.Playwright;

namespace BulkSms.Tests.WebConsole;

/// <summary>What a person on call does with the console, on a phone.</summary>
[Collection(WebConsoleCollection.Screens)]
public sealed class OnCallTests(MemoryFixture memory, ConsoleBrowser browser)
{
    private static readonly BrowserNewContextOptions Phone = new() { ViewportSize = new() { Width = 320, Height = 640 } };

    [Fact]
    public async Task Sending_Suspended_IsShownAndResumed()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        app.Twilio.Account.RefusedCountries.Add("US");
        await using var window = await browser.OpenAsync(app, Phone);
        await window.SignInAsync("sending");
        await window.SeesAsync("Running");
        await window.SeesAsync("Tables: broadcasts and recipients");
        await window.SeesAsync("Texts in the queue");
        await window.Field("Countries to text, such as US, GB (optional)").FillAsync("US");
        await window.Button("Check the set-up").PressAsync();
        await window.SeesAsync("The account may not text US.");

        await window.Button("Suspend all sending").PressAsync();
        await window.Field("Reason (others see it)").FillAsync("The text names the wrong day");
        await window.Button("Yes, suspend").PressAsync();
        await window.SeesAsync("The text names the wrong day");
        await window.ShowAsync("sending");
        await window.CheckAsync("Hello", "+15551230001");
        await window.SeesAsync("All sending is suspended: The text names the wrong day. Its texts wait until");
        await window.Link("sending is resumed").PressAsync();
        await window.Button("Resume all sending").PressAsync();
        await window.SeesAsync("It is suspended because: ");
        await window.Button("Yes, resume").PressAsync();

        await window.SeesAsync("Running");
        await window.Page.GetByText("Who did what").PressAsync();
        await window.SeesAsync("suspended all sending");
        await window.SeesAsync("resumed all sending");
    }

    [Fact]
    public async Task Broadcast_Scheduled_IsPausedResumedAndCanceled()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await using var window = await browser.OpenAsync(app, Phone);
        var due = TimeProvider.System.GetUtcNow().AddDays(1).ToString("O");
        var broadcast = await app.BroadcastJsonAsync($$"""{"message": "Hello", "recipients": ["+15551230001"], "sendAt": "{{due}}"}""");
        await window.SignInAsync($"broadcasts/{broadcast.BroadcastId}");
        await window.SeesAsync("Scheduled");

        await window.Button("Pause").PressAsync();
        await window.SeesAsync("Nothing is sent until it is resumed.");
        await window.Button("Resume").PressAsync();
        await window.SeesAsync("It has not begun yet.");
        await window.Button("Cancel it").PressAsync();
        await window.SeesAsync("A canceled broadcast cannot be resumed.");
        await window.ShowAsync("cancel-asks");
        await window.Button("Yes, cancel it").PressAsync();

        await window.SeesAsync("It was canceled");
        await window.Page.GetByText("Who did what").PressAsync();
        foreach (var done in new[] { "sent it", "paused it", "resumed it", "canceled it" })
        {
            await window.Page.GetByText(done, new() { Exact = true }).WaitForAsync();
        }
    }

    [Fact]
    public async Task Problems_OfABroadcast_AreReplayedAndRepliesDecided()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await using var window = await browser.OpenAsync(app);
        app.Twilio.Recipients["+15551230009"] = new() { RejectCode = 21614 };
        Assert.Equal(200, await app.Twilio.SendInboundAsync(new(OptOutWebhook.UrlAt(app.Url)), "+15551230007", "Why do you keep texting me, stop it or not?"));
        var broadcast = await app.BroadcastAsync("Hello", "+15551230009");
        await window.SignInAsync($"broadcasts/{broadcast.BroadcastId}");

        await window.SeesAsync("not a mobile number (code 21614)");
        await window.Page.GetByText("Recipient by recipient").PressAsync();
        await window.Field("Number").FillAsync("+15551239999");
        await window.Button("Search").PressAsync();
        await window.SeesAsync("It is no recipient of this broadcast.");
        await window.Field("Number").FillAsync("+1 555 123 0009");
        await window.Button("Search").PressAsync();
        await window.Page.GetByRole(AriaRole.Table, new() { Name = "Found" }).GetByText("+15551230009").WaitForAsync();
        await window.Link("What failed for good").PressAsync();
        await window.SeesAsync("Why do you keep texting me, stop it or not?");
        await window.Button("Opt out").PressAsync();
        await window.SeesAsync("The phone is opted out.");
        await window.ShowAsync("problems");
        app.Twilio.Recipients["+15551230009"] = new();
        await window.Page.GetByLabel("Choose +15551230009").PressAsync();
        await window.Button("Send 1 text again").PressAsync();
        await window.Button("Yes, send again").PressAsync();
        await window.SeesAsync("1 text will be sent again.");

        await Eventually.TrueAsync(() => app.Twilio.Messages.CountFor("+15551230009") == 1);
        Assert.Equal(HttpStatusCode.OK, (await app.LookUpOptOutAsync("+15551230007")).StatusCode);
    }

    [Fact]
    public async Task OptOuts_AddedImportedAndTakenOff_AreTheList()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("optouts");
        await window.SeesAsync("No person has opted out.");

        await window.Page.GetByText("Add numbers").PressAsync();
        await window.Field("Numbers, one a line").FillAsync("+15551230001\n12");
        await window.Button("Add to the list").PressAsync();
        await window.SeesAsync("line 2: ");
        await window.Field("Numbers, one a line").FillAsync("+15551230001");
        await window.Button("Add to the list").PressAsync();
        await window.SeesAsync("1 number added");
        await window.Field("Or a file").SetInputFilesAsync(new FilePayload { Name = "list.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("phone\n+15551230002\n") });
        await window.Button("Add to the list").PressAsync();
        await window.SeesAsync("from a file");
        Assert.Equal(200, await app.Twilio.SendInboundAsync(new(OptOutWebhook.UrlAt(app.Url)), "+15551230009", "Thank you, see you on Monday"));
        await window.Button("Load the replies again").PressAsync();
        await window.SeesAsync("Thank you, see you on Monday");
        await window.ShowAsync("optouts");

        await window.Field("Number").FillAsync("+15551230001");
        await window.Button("Search").PressAsync();
        await window.SeesAsync("is on the list since");
        await window.Button("Take off +15551230001").PressAsync();
        await window.Button("Yes, take it off the list").PressAsync();
        await window.SeesAsync("+15551230001 may be texted again.");
        var saved = await window.Page.RunAndWaitForDownloadAsync(() => window.Button("Save all as a file").PressAsync());

        Assert.Equal(HttpStatusCode.NotFound, (await app.LookUpOptOutAsync("+15551230001")).StatusCode);
        Assert.Contains("tel:+15551230002", await File.ReadAllTextAsync(await saved.PathAsync()), StringComparison.Ordinal);
    }
}
