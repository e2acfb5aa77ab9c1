using System.Diagnostics;
using System.Globalization;

namespace BulkSms.Benchmarks.Server;

/// <summary>The largest working set of a process. Linux only: elsewhere it is that of the process's whole life.</summary>
internal static class PeakMemory
{
    private const string Name = "VmHWM:";

    /// <summary>The largest since it was reset, in bytes.</summary>
    public static long Of(int process)
    {
        if (OperatingSystem.IsLinux() && File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) is { } line)
        {
            return 1024 * long.Parse(line[Name.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        }

        using var found = Process.GetProcessById(process);
        return found.PeakWorkingSet64;
    }

    public static void Reset(int process)
    {
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText($"/proc/{process}/clear_refs", "5");
        }
    }
}
