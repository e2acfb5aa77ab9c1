using System.Diagnostics.CodeAnalysis;
using System.Runtime;

/// <summary>
/// Runs in the worker's process before the app does (DOTNET_STARTUP_HOOKS): the worker ends when its input closes, so also when the process that started it is
/// killed: by itself a worker outlives its host. It also tells what the worker's heap has seen.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "the runtime looks for this name")]
[SuppressMessage("Design", "MA0047:Declare types in namespaces", Justification = "the runtime looks for this name")]
internal static class StartupHook
{
    private const int HostGone = 3;

    /// <summary>On the input: collect all garbage. What the heap has seen is told afterwards.</summary>
    internal const char Collect = 'c';

    /// <summary>On the input: tell what the heap has seen.</summary>
    internal const char Tell = 't';

    /// <summary>What a line begins with that tells it: bytes allocated, methods compiled, and collections of generations 0, 1 and 2.</summary>
    internal const string Told = "startup-hook ";

    public static void Initialize() => new Thread(FollowInput) { IsBackground = true }.Start();

    private static void FollowInput()
    {
        using var input = Console.OpenStandardInput();
        for (var said = input.ReadByte(); said >= 0; said = input.ReadByte())
        {
            if (said == Collect)
            {
                GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }

            Console.WriteLine(FormattableString.Invariant($"{Told}{GC.GetTotalAllocatedBytes()} {JitInfo.GetCompiledMethodCount()} {GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)}"));
        }

        Environment.Exit(HostGone);
    }
}
