using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.WebConsole;

/// <summary>A profile is chosen where there are several, and shown.</summary>
[Collection(WebConsoleCollection.Screens)]
public sealed class ProfileChoiceTests(MemoryFixture memory, ConsoleBrowser browser)
{
    private const string Ada = "+12015550101";
    private static readonly OtherAccount Alerts = new("AC00000000000000000000000000a1e475", "a1e475a1e475a1e475a1e475a1e475a1", "MG00000000000000000000000000a1e475");

    [Fact]
    public async Task New_WithSeveralProfiles_SendsByTheChosenOneAndSoDoesItsCopy()
    {
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts] });
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(),
            [new("Profiles:alerts:MessagingServiceSid", Alerts.MessagingServiceSid), new("Profiles:alerts:AccountSid", Alerts.AccountSid), new("Profiles:alerts:AuthToken", Alerts.AuthToken)],
            twilio: twilio);
        await using var window = await browser.OpenAsync(app);

        await window.SignInAsync();
        await window.GoAsync("new");
        await window.Field(ConsoleWindow.Message).FillAsync("Hello");
        await window.Field(ConsoleWindow.Pasted).FillAsync(Ada);
        await window.Page.GetByLabel("Profile").SelectOptionAsync("alerts");
        await window.ShowAsync("new-profile");
        await window.Button("Check").PressAsync();
        await window.SeesAsync("will get it");
        await window.SendAsync("Send 1 text");
        await window.FollowsAsync("1 of 1 have a final status");

        Assert.Equal("alerts", await window.Page.Locator("dt:text-is('Profile') + dd").TextContentAsync());
        Assert.Equal(Alerts.AccountSid, twilio.Messages.For(Ada).Single().AccountSid);
        await window.Button("Duplicate").PressAsync();
        Assert.Equal("alerts", await window.Page.GetByLabel("Profile").InputValueAsync());
    }
}
