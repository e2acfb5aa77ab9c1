using System.Collections.Concurrent;
using BulkSms.LocalHost;
using BulkSms.Tests.Infrastructure;
using Microsoft.Playwright;

namespace BulkSms.Tests.WebConsole;

/// <summary>A window of a browser with the console. When it closes, nothing must have gone wrong in it: no violation of the policy, no error of a script, no request to elsewhere.</summary>
public sealed class ConsoleWindow : IAsyncDisposable
{
    public const string Message = "Text";
    public const string Pasted = "Paste numbers, or a table with a header";
    public const string ListFile = "Or choose a file, or drop it here";
    private const int MostTries = 5;
    private const float Patience = 60_000; // on a machine that is busy
    private const string Fits = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth";
    private const string HasFocus = "name => { const at = document.activeElement; return (at.labels?.[0] ?? at).textContent === name; }";
    private const string Follow = """
        async (text) => {
          for (const began = performance.now(); !document.body.textContent.includes(text);) {
            if (performance.now() - began > 60_000) {
              throw new Error(`The page does not come to "${text}".`);
            }

            document.dispatchEvent(new Event("visibilitychange"));
            await new Promise((resolve) => setTimeout(resolve, 150));
          }
        }
        """;

    private readonly ConcurrentQueue<string> wrong = new();
    private readonly IBrowserContext context;
    private readonly Uri url;
    private readonly ColorScheme colors;

    private ConsoleWindow(IBrowserContext context, IPage page, Uri url, ColorScheme colors) => (this.context, Page, this.url, this.colors) = (context, page, url, colors);

    public IPage Page { get; }

    /// <summary>The only other site that it may go to: the issuer where people sign in.</summary>
    public Uri? Issuer { get; set; }

    internal static async Task<ConsoleWindow> OpenAsync(IBrowser browser, TestApp app, BrowserNewContextOptions options)
    {
        options.Locale ??= "en-US";
        options.TimezoneId ??= "Europe/Berlin";
        options.ViewportSize ??= new() { Width = 1200, Height = 900 };
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        var window = new ConsoleWindow(context, await context.NewPageAsync(), app.Url, options.ColorScheme ?? ColorScheme.Light);
        window.Watch();
        return window;
    }

    /// <summary>Signs in by the link that LocalHost prints, and goes to a screen.</summary>
    public async Task SignInAsync(string screen = "broadcasts")
    {
        await Page.GotoAsync(new Uri(url, $"/api/console/#key={TestApp.Key}").ToString());
        await GoAsync(screen);
    }

    public async Task GoAsync(string screen)
    {
        await Page.GotoAsync(new Uri(url, $"/api/console/#/{screen}").ToString());
        await Page.Locator("h1").WaitForAsync();
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Field(string label) => Page.GetByLabel(label, new() { Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public Task SeesAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    /// <summary>Waits until the page, which is renewed every few seconds, shows a text. It is looked at anew all the time, as by a person who comes back to the tab, so that no test waits for its turn.</summary>
    public Task FollowsAsync(string text) => Page.EvaluateAsync(Follow, text);

    /// <summary>Presses Tab until the control of this name has the focus.</summary>
    public async Task TabToAsync(string name)
    {
        const int most = 60;
        for (var presses = 0; presses < most; presses++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Page.EvaluateAsync<bool>(HasFocus, name))
            {
                return;
            }
        }

        Assert.Fail($"Tab does not come to {name}.");
    }

    /// <summary>Sends from the check, and again where storage did not answer in time, on a machine that is busy: as the page says.</summary>
    public async Task SendAsync(string button)
    {
        var (sent, isAway) = (Page.GetByRole(AriaRole.Heading, new() { Name = "Broadcast", Exact = true }), Page.GetByText("BulkSms cannot reach its storage."));
        for (var tries = 0; tries < MostTries && !await sent.IsVisibleAsync(); tries++)
        {
            await Button(button).PressAsync();
            await sent.Or(isAway).First.WaitForAsync();
        }
    }

    /// <summary>Leaves a picture of the screen where a person can see it; none where the browser has ceased to draw (<see cref="Pressing"/>). Nothing must stand outside the window to the right.</summary>
    public async Task PictureAsync(string name)
    {
        try
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "TestResults", "console", $"{name}.png"), FullPage = true, Timeout = Pressing.TwoFrames });
        }
        catch (TimeoutException)
        {
            TestContext.Current.SendDiagnosticMessage($"No picture of {name}: the browser does not draw.");
        }

        Assert.True(await Page.EvaluateAsync<bool>(Fits), $"{name} is wider than the window.");
    }

    /// <summary>Leaves a picture, and has axe-core find nothing, in light and in dark.</summary>
    public async Task ShowAsync(string name)
    {
        await PictureAsync(name);
        Assert.Equal([], await AxeCore.FindAsync(Page, AxeCore.AllRules));
        await Page.EmulateMediaAsync(new() { ColorScheme = colors is ColorScheme.Dark ? ColorScheme.Light : ColorScheme.Dark });
        Assert.Equal([], await AxeCore.FindAsync(Page, AxeCore.ContrastAlone));
        await Page.EmulateMediaAsync(new() { ColorScheme = colors });
    }

    /// <summary>Pastes numbers and a text, and goes on to the check.</summary>
    public async Task CheckAsync(string message, params string[] numbers)
    {
        await GoAsync("new");
        await Field(Message).FillAsync(message);
        await Field(Pasted).FillAsync(string.Join('\n', numbers));
        await Button("Check").PressAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        Assert.Empty(wrong);
    }

    private void Watch()
    {
        Page.PageError += (_, error) => wrong.Enqueue($"script: {error}");
        Page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
            {
                wrong.Enqueue(message.Text);
            }
        };
        Page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } to && !to.Authority.Equals(url.Authority, StringComparison.Ordinal) && to.Authority != Issuer?.Authority)
            {
                wrong.Enqueue($"request to {request.Url}");
            }
        };
        Page.Dialog += (_, dialog) =>
        {
            wrong.Enqueue($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }
}
