using System.Globalization;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>One backlog, drained at one rate by 1, 4, 2, 8 and 1 instances, one after the other: instances come, are told to end, and are killed.</summary>
internal static class PoolScenario
{
    private const int Rate = 200;
    private const int InFlight = 64;
    private const int Seconds = 30;

    /// <summary>After a change: the killed are gone, and the window is one of the new instances alone.</summary>
    private static readonly TimeSpan Change = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly int[] Instances = [1, 4, 2, 8, 1];

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        var settings = SendScenario.InFlight(InFlight);
        settings["LocalHost:Queues:BatchSize"] = "16";
        settings["LocalHost:Queues:NewBatchThreshold"] = "16";
        settings["LocalHost:Queues:Invisibility"] = "00:00:20"; // what the killed have taken comes back in time
        settings["Sending:SegmentsPerSecond"] = Rate.ToString(CultureInfo.InvariantCulture);
        await using var rig = await Rig.StartAsync(options, pump: true, StoragePlace.LoadGenerator, 1, settings);
        var messages = Rate * (Seconds + 3) * Instances.Length;
        await SendScenario.LoadAsync(rig, messages, 0, null);
        await SendScenario.WaitAsync(() => rig.Twilio.Messages.Accepted > Rate);
        var begun = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < Instances.Length; i++)
        {
            await rig.ScaleAsync(Instances[i], kills: i % 2 == 0);
            var from = TimeProvider.System.GetUtcNow();
            await Task.Delay(TimeSpan.FromSeconds(Seconds), TimeProvider.System);
            var calls = Calls(rig);
            var to = from + TimeSpan.FromSeconds(Seconds);
            yield return Measured($"{Instances[i]} instance{(Instances[i] == 1 ? "" : "s")}, from 10 s after the change", calls, from + Change, to);
        }

        yield return Measured("all of it, changes included", Calls(rig), begun, TimeProvider.System.GetUtcNow());
    }

    private static DateTimeOffset[] Calls(Rig rig) => [.. rig.Twilio.Messages.Calls.Select(call => call.ArrivedAt).Order()];

    private static Measurement Measured(string name, DateTimeOffset[] calls, DateTimeOffset from, DateTimeOffset to)
    {
        var within = calls.Where(call => call >= from && call < to).ToArray();
        var use = within.Length / (Rate * (to - from).TotalSeconds);
        return new(string.Create(CultureInfo.InvariantCulture, $"{name}: {use:0.0%} of {Rate}/s, at most {Most(calls, from, to):0.0%} in 10 s"), "message", within.Length, to - from, [], null);
    }

    private static double Most(DateTimeOffset[] calls, DateTimeOffset from, DateTimeOffset to)
    {
        var most = 0;
        for (int first = 0, last = 0; last < calls.Length && calls[last] < to; last++)
        {
            while (calls[last] - calls[first] >= Window)
            {
                first++;
            }

            most = calls[last] >= from ? Math.Max(most, last - first + 1) : most;
        }

        return most / (Rate * Window.TotalSeconds);
    }
}
