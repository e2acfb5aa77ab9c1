namespace BulkSms.Chaos.Invariants;

/// <summary>A host that is told to stop (SIGTERM) ends by itself, within 40 s and with exit code 0.</summary>
public static class EndsByItself
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    public static IEnumerable<string> Check(Evidence evidence) => evidence.Ends
        .Where(end => end is null or { ExitCode: not 0 } || end.Value.Took > Longest)
        .Select(end => end is { } ended ? $"ended with {ended.ExitCode} after {ended.Took.TotalSeconds:0.0} s" : "told to stop, and did not");
}
