using BulkSms.Tests.Infrastructure;
using BulkSms.Tests.WebConsole;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ConsoleBrowser))]

namespace BulkSms.Tests.WebConsole;

/// <summary>One browser for all tests of the console, started by the first of them.</summary>
public sealed class ConsoleBrowser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-zygote", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--font-render-hinting=none",
    ];

    private readonly Lazy<Task<IBrowser?>> browser;
    private IPlaywright? playwright;

    public ConsoleBrowser() => browser = new(StartAsync);

    /// <summary>Opens the console of an app in a window of its own.</summary>
    /// <param name="app">The app.</param>
    /// <param name="options">The window; null: a desktop's, light.</param>
    public async Task<ConsoleWindow> OpenAsync(TestApp app, BrowserNewContextOptions? options = null)
    {
        var started = await browser.Value;
        if (started is null)
        {
            const string why = "no Chrome, Chromium or Edge is installed, and none can be had from npm";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", why);
            Assert.Fail($"The console is not tested: {why}.");
        }

        return await ConsoleWindow.OpenAsync(started, app, options ?? new());
    }

    public async ValueTask DisposeAsync()
    {
        if (browser.IsValueCreated && await browser.Value is { } started)
        {
            await started.DisposeAsync();
        }

        playwright?.Dispose();
    }

    private async Task<IBrowser?> StartAsync()
    {
        if (await BrowserFinder.FindAsync() is not { } found)
        {
            return null;
        }

        playwright = await Playwright.CreateAsync();
        var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(each => (string)each.Key, each => (string)each.Value!, StringComparer.Ordinal);
        foreach (var (name, value) in found.Environment)
        {
            environment[name] = value;
        }

        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = found.Path, Args = Arguments, Env = environment, Headless = true });
    }
}
