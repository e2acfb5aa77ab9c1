namespace BulkSms.Benchmarks.Server;

/// <summary>Looks at this process's managed heap each 10 ms, and remembers the most that it was.</summary>
internal sealed class HeapPeak : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static long most;
    private readonly ITimer timer = TimeProvider.System.CreateTimer(_ => Note(), null, Look, Look);

    /// <summary>The most since it was reset.</summary>
    public static long Bytes => Interlocked.Read(ref most);

    public static void Reset() => Interlocked.Exchange(ref most, GC.GetTotalMemory(forceFullCollection: false));

    public void Dispose() => timer.Dispose();

    private static void Note()
    {
        var now = GC.GetTotalMemory(forceFullCollection: false);
        if (now > Interlocked.Read(ref most))
        {
            Interlocked.Exchange(ref most, now); // there is one timer
        }
    }
}
