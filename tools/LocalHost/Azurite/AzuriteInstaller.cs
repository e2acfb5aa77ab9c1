using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BulkSms.LocalHost.Azurite;

/// <summary>Makes Azurite runnable: <c>npm ci</c> in its folder the first time, and a Node of version 22 or later.</summary>
/// <param name="folder">Where its package.json is.</param>
/// <param name="searchPath">Where programs are looked for, as PATH has it.</param>
public sealed class AzuriteInstaller(string folder, string? searchPath)
{
    private const int NeededNode = 22;
    private const string Advice = "Install Node.js with npm from https://nodejs.org, or take --storage memory.";
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(10);

    /// <summary>tools/azurite, with this machine's programs.</summary>
    public static AzuriteInstaller OfRepository { get; } = new(Repository.AzuriteFolder, Environment.GetEnvironmentVariable("PATH"));

    // npm writes this file last: without it an installation was cut off.
    private string Finished => Path.Combine(folder, "node_modules", ".package-lock.json");

    /// <summary>Installs if need be; gives the Node to run Azurite with.</summary>
    /// <param name="say">Told, in a line, when something takes a while.</param>
    /// <exception cref="NodeMissingException">There is no Node.js, no npm, or an older one.</exception>
    /// <exception cref="SetupException">The installation failed.</exception>
    public async Task<string> EnsureAsync(Action<string> say)
    {
        // Test runs and demos may start at the same time: one installs, the others wait for it.
        await using var alone = await LockAsync();
        if (!File.Exists(Finished))
        {
            var npm = Find(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") ?? throw new NodeMissingException($"Azurite needs Node.js and npm, and npm is not on the PATH. {Advice}");
            _ = Find(NodeName) ?? throw new NodeMissingException($"Azurite needs Node.js, and node is not on the PATH. {Advice}");
            say("Installing Azurite (npm ci in tools/azurite, the first time only)…");
            await InstallAsync(npm);
        }

        return await NodeAsync();
    }

    private async Task InstallAsync(string npm)
    {
        string[] arguments = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
        var (code, output) = OperatingSystem.IsWindows()
            ? await RunAsync("cmd.exe", ["/c", npm, .. arguments])
            : await RunAsync(npm, arguments);
        if (code != 0)
        {
            throw new SetupException($"npm ci in {folder} failed with code {code}: {output.Trim().ReplaceLineEndings(" ")} (--storage memory runs without it.)");
        }
    }

    private async Task<string> NodeAsync()
    {
        var packaged = Path.Combine(folder, "node_modules", $"node-{Platform}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}", "bin", NodeName);
        if (File.Exists(packaged))
        {
            return packaged;
        }

        var node = Find(NodeName) ?? throw new NodeMissingException($"Azurite needs Node.js {NeededNode} or later, and node is not on the PATH. {Advice}");
        var (code, version) = await RunAsync(node, ["--version"]);
        return code == 0 && int.TryParse(version.TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major >= NeededNode
            ? node
            : throw new NodeMissingException($"Azurite needs Node.js {NeededNode} or later, and this machine has {version.Trim()}. {Advice}");
    }

    private static string NodeName => OperatingSystem.IsWindows() ? "node.exe" : "node";

    private static string Platform => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    private string? Find(string program) => (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists);

    private async Task<(int Code, string Output)> RunAsync(string program, IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
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
            throw new NodeMissingException($"'{program}' does not run: {e.Message}. {Advice}");
        }
        catch (OperationCanceledException e)
        {
            throw new SetupException($"'{program}' did not end within {InstallPatience.TotalMinutes} minutes.", e);
        }
    }

    private async Task<FileStream> LockAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"bulksms-azurite-{Math.Abs(StableHash(folder))}.lock");
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
