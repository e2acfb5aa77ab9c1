using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.WebConsole;

/// <summary>What the console says before it does something, and when it could not.</summary>
[Collection(WebConsoleCollection.Screens)]
public sealed class PromptTests(MemoryFixture memory, ConsoleBrowser browser)
{
    [Fact]
    public async Task Cancel_OfWhatIsNotFannedOutYet_CountsAllThatWait()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(12));
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync($"broadcasts/{accepted.BroadcastId}");

        await window.Button("Cancel it").PressAsync();

        await window.SeesAsync("12 waiting texts will not be sent. None has been sent so far.");
    }

    [Fact]
    public async Task Test_ToANumberWithAnError_TellsItOnce()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync();
        await window.CheckAsync("Hello", "+15551230001");
        await window.Page.GetByText("Send me a test").PressAsync();
        await window.Field("Your own number").FillAsync("201 555 0199");

        await window.Button("Send the test").PressAsync();
        await window.SeesAsync("It has no + and country code");

        Assert.Equal(1, await window.Page.GetByText("has no + and country code").CountAsync());
    }
}
