using System.Diagnostics;
using System.Globalization;
using BulkSms.LocalHost;

namespace BulkSms.Benchmarks.Peers;

/// <summary>
/// A folder with a peer: another service for the same job. Its script <c>measure-guide.sh MODE RECIPIENTS SECONDS</c> starts the peer and what it needs, posts broadcasts of so many recipients for so long,
/// over <see cref="Connections"/> connections, ends all of it, and prints a line <c>Requests/sec: N</c>, as wrk does.
/// </summary>
/// <param name="folder">The folder.</param>
internal sealed class PeerScript(string folder)
{
    /// <summary>Connections of the script's load, and so of ours.</summary>
    public const int Connections = 16;

    private const string Name = "measure-guide.sh";

    /// <exception cref="SetupException">The folder has no such script.</exception>
    public void Check()
    {
        if (!File.Exists(Path.Combine(folder, Name)))
        {
            throw new SetupException($"{folder} has no {Name}.");
        }
    }

    /// <summary>Requests that the peer accepts a second.</summary>
    /// <exception cref="SetupException">The script did not say.</exception>
    public async Task<double> MeasureAsync(string mode, int recipients, int seconds)
    {
        var start = new ProcessStartInfo("bash", [Name, mode, recipients.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var script = Process.Start(start)!;
        var output = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return Wrk.RateOf(output);
    }
}
