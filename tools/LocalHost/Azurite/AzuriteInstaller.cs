using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BulkSms.LocalHost.Azurite;

/// <summary>Makes Azurite runnable: <c>npm ci</c> in tools/azurite the first time, and a Node of version 22 or later.</summary>
public static class AzuriteInstaller
{
    private const int NeededNode = 22;
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(10);

    // npm writes this file last: without it an installation was cut off.
    private static string Finished => Path.Combine(Repository.AzuriteFolder, "node_modules", ".package-lock.json");

    /// <summary>Installs if need be; gives the Node to run Azurite with.</summary>
    /// <param name="say">Told, in a line, when something takes a while.</param>
    /// <exception cref="SetupException">What is missing, in one line.</exception>
    public static async Task<string> EnsureAsync(Action<string> say)
    {
        // Test runs and demos may start at the same time: one installs, the others wait for it.
        await using var alone = await LockAsync();
        if (!File.Exists(Finished))
        {
            say("Installing Azurite (npm ci in tools/azurite, the first time only)…");
            await InstallAsync();
        }

        return await NodeAsync();
    }

    private static async Task InstallAsync()
    {
        var arguments = new[] { "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error" };
        var (code, output) = OperatingSystem.IsWindows()
            ? await RunAsync("cmd.exe", ["/c", "npm", .. arguments])
            : await RunAsync("npm", arguments);
        if (code != 0)
        {
            throw new SetupException($"npm ci in tools/azurite failed with code {code}: {output.Trim().ReplaceLineEndings(" ")}");
        }
    }

    private static async Task<string> NodeAsync()
    {
        var packaged = Path.Combine(
            Repository.AzuriteFolder, "node_modules", $"node-{Platform}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}",
            "bin", OperatingSystem.IsWindows() ? "node.exe" : "node");
        if (File.Exists(packaged))
        {
            return packaged;
        }

        var (code, version) = await RunAsync("node", ["--version"]);
        return code == 0 && int.TryParse(version.TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major >= NeededNode
            ? "node"
            : throw new SetupException($"Azurite needs Node {NeededNode} or later; this machine has {version.Trim()}. Install it from https://nodejs.org.");
    }

    private static string Platform => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    private static async Task<(int Code, string Output)> RunAsync(string program, IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Repository.AzuriteFolder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            using var patience = new CancellationTokenSource(InstallPatience);
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (Win32Exception e)
        {
            throw new SetupException($"Azurite needs Node.js and npm, and '{program}' is not on the PATH. Install both from https://nodejs.org.", e);
        }
        catch (OperationCanceledException e)
        {
            throw new SetupException($"'{program}' did not end within {InstallPatience.TotalMinutes} minutes.", e);
        }
    }

    private static async Task<FileStream> LockAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"bulksms-azurite-{Math.Abs(StableHash(Repository.AzuriteFolder))}.lock");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await timer.WaitForNextTickAsync();
            }
        }
    }

    private static int StableHash(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
}
