using System.Diagnostics.CodeAnalysis;

/// <summary>
/// Runs in the worker's process before the app does (DOTNET_STARTUP_HOOKS): the worker ends when its input closes, so also when the process that started it is
/// killed. By itself a worker outlives its host.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "the runtime looks for this name")]
[SuppressMessage("Design", "MA0047:Declare types in namespaces", Justification = "the runtime looks for this name")]
internal static class StartupHook
{
    private const int HostGone = 3;

    public static void Initialize() => new Thread(EndWithInput) { IsBackground = true }.Start();

    private static void EndWithInput()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
            // nothing is said on it
        }

        Environment.Exit(HostGone);
    }
}
