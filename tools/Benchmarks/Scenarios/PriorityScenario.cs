using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;
using BulkSms.TwilioSimulator;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>How long a broadcast to one person takes from its request to the call, while 100,000 messages of normal priority wait: with high priority, and beside it what the others get.</summary>
internal static class PriorityScenario
{
    private const string Urgent = "Urgent";
    private const int Waiting = 100_000;
    private const int Singles = 200;
    private const int Rate = 100;
    private const int Burst = 1000;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        var settings = SendScenario.InFlight(128);
        settings["Sending:SegmentsPerSecond"] = Rate.ToString(CultureInfo.InvariantCulture);
        settings["LocalHost:Queues:MaxPollingInterval"] = "00:00:02"; // as host.json has it
        await using var rig = await Rig.StartAsync(options, pump: true, StoragePlace.LoadGenerator, settings: settings);
        using (var upload = Bodies.Csv(0, Waiting))
        using (var accepted = await rig.Server.Http.SendAsync(upload))
        {
            accepted.EnsureSuccessStatusCode();
        }

        await SendScenario.WaitAsync(() => rig.Twilio.Messages.Accepted > Rate);
        yield return await OneByOneAsync(rig);
        foreach (var line in await ManyAsync(rig))
        {
            yield return line;
        }
    }

    private static async Task<Measurement> OneByOneAsync(Rig rig)
    {
        var (begun, before) = (Stopwatch.GetTimestamp(), await rig.UsageAsync());
        var latencies = new float[Singles];
        await Task.WhenAll(Enumerable.Range(0, Singles).Select(async i =>
        {
            await Task.Delay(Between * i, TimeProvider.System);
            var asked = TimeProvider.System.GetUtcNow();
            await PostAsync(rig, Waiting + i, 1);
            await SendScenario.WaitAsync(() => rig.Twilio.Messages.CountFor(Bodies.Number(Waiting + i)) > 0);
            latencies[i] = (float)(rig.Twilio.Messages.For(Bodies.Number(Waiting + i)).Single().ArrivedAt - asked).TotalMilliseconds;
        }));
        return new("one with high priority, from its request to the call, while 100,000 wait", "broadcast", Singles, Stopwatch.GetElapsedTime(begun), latencies, (await rig.UsageAsync()).Since(before));
    }

    // Both wait all the time between the first and the last of them.
    private static async Task<Measurement[]> ManyAsync(Rig rig)
    {
        const int From = Waiting + Singles;
        var (start, before) = (rig.Twilio.Messages.Accepted, await rig.UsageAsync());
        await PostAsync(rig, From, Burst);
        for (var i = 0; i < Burst; i++)
        {
            await SendScenario.WaitAsync(() => rig.Twilio.Messages.CountFor(Bodies.Number(From + i)) > 0);
        }

        var used = (await rig.UsageAsync()).Since(before);
        var arrived = rig.Twilio.Messages.All.Skip(start).OrderBy(message => message.ArrivedAt).ToArray();
        var (first, last) = (Array.FindIndex(arrived, IsHigh), Array.FindLastIndex(arrived, IsHigh));
        var both = arrived[first..(last + 1)];
        var elapsed = both[^1].ArrivedAt - both[0].ArrivedAt;
        return
        [
            new("1,000 with high priority while others wait", "message", both.Count(IsHigh), elapsed, [], used),
            new("the others meanwhile", "message", both.Count(message => !IsHigh(message)), elapsed, [], null),
        ];

        static bool IsHigh(SimulatedMessage message) => message.Body == Urgent;
    }

    private static async Task PostAsync(Rig rig, int from, int count)
    {
        using var answer = await rig.Server.Http.PostAsJsonAsync(
            "/api/v1/broadcasts", new { message = Urgent, recipients = Enumerable.Range(from, count).Select(Bodies.Number), priority = "high", confirmRepeat = true });
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }
    }
}
