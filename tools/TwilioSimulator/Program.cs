using System.Runtime.InteropServices;

namespace BulkSms.TwilioSimulator;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (CommandLine.Parse(args) is not { } line)
        {
            await Console.Error.WriteLineAsync(CommandLine.Usage);
            return 2;
        }

        try
        {
            await RunAsync(line);
            return 0;
        }
        catch (IOException problem)
        {
            // The port is taken, most likely.
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    private static async Task RunAsync(CommandLine line)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var server = await TwilioServer.StartAsync(new TwilioSimulatorOptions { Port = line.Port });
        server.Faults.Latency = TimeSpan.FromMilliseconds(line.LatencyMs);
        server.Faults.RateLimit = line.RateLimit;
        Print(server);
        await stop.Task;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
    }

    private static void Print(TwilioServer server)
    {
        Console.WriteLine($"URL                    {server.BaseUrl}");
        Console.WriteLine($"Account SID            {server.Options.AccountSid}");
        Console.WriteLine($"Auth token             {server.Options.AuthToken}  (made up: it opens nothing)");
        Console.WriteLine($"Messaging Service SID  {server.Options.MessagingServiceSid}");
        Console.WriteLine("Nothing is sent to anyone. Ctrl+C stops it.");
    }
}
