using System.Diagnostics;
using System.Runtime.InteropServices;
using BulkSms.LocalHost;

namespace BulkSms.Tests.WebConsole;

/// <summary>A browser that can be started.</summary>
/// <param name="Path">Its program.</param>
/// <param name="Environment">What it needs around it.</param>
internal sealed record FoundBrowser(string Path, IReadOnlyDictionary<string, string> Environment);

/// <summary>Finds a browser of Chromium's kind: one that is installed, or the one in an npm package, which is fetched as Azurite is.</summary>
internal static class BrowserFinder
{
    private static readonly string[] Commands = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge", "chrome.exe", "msedge.exe"];

    private static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static string PackageFolder => Path.Combine(Repository.Root, "tools", "chromium");

    /// <summary>The browser; null: none can be had here.</summary>
    public static async Task<FoundBrowser?> FindAsync() => Installed() is { } path ? new(path, new Dictionary<string, string>()) : await PackagedAsync();

    private static string? Installed() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Commands.Select(command => Path.Combine(folder, command)))
        .Concat(Places)
        .FirstOrDefault(File.Exists);

    // The package holds a program for Linux on x64.
    private static async Task<FoundBrowser?> PackagedAsync()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture is not System.Runtime.InteropServices.Architecture.X64)
        {
            return null;
        }

        if (!Directory.Exists(Path.Combine(PackageFolder, "node_modules", "@sparticuz")) && await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error") is null)
        {
            return null;
        }

        return await RunAsync("node", "unpack.mjs") is { } unpacked && unpacked.Trim() is var folder
            ? new(Path.Combine(folder, "chromium"), new Dictionary<string, string>
            {
                ["LD_LIBRARY_PATH"] = Path.Combine(folder, "al2023", "lib"),
                ["FONTCONFIG_PATH"] = Path.Combine(folder, "fonts"),
            })
            : null;
    }

    private static async Task<string?> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = PackageFolder, UseShellExecute = false, RedirectStandardOutput = true })!;
            using var patience = new CancellationTokenSource(Patience);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // there is no Node.js
        }
    }
}
