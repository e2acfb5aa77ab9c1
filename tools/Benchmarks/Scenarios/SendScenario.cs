using System.Globalization;
using System.Net;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>A backlog that becomes due at one moment is sent: from the queue to Twilio's answer on the row.</summary>
internal static class SendScenario
{
    private const int Batch = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    // Storage counts whole seconds and the app takes what is due within two for due.
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(4);

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        (int, StoragePlace)[] loads = [(128, StoragePlace.Server), .. options.Places.Select(place => (512, place))];
        foreach (var (inFlight, place) in loads)
        {
            await using var rig = await Rig.StartAsync(options, pump: true, place, settings: InFlight(inFlight));
            await SendAsync(rig, Math.Min(5000, options.Messages), 0, TimeSpan.Zero);
            yield return await MeasureAsync(rig, $"send, {inFlight} in flight{rig.StoragePlaceText} (ms: from receipt to deletion)", options.Messages, 10_000);
        }
    }

    /// <summary>Settings for so many messages handled at a time by each instance.</summary>
    public static Dictionary<string, string?> InFlight(int count) => new(StringComparer.Ordinal)
    {
        ["LocalHost:Queues:BatchSize"] = "32",
        ["LocalHost:Queues:NewBatchThreshold"] = (count - 32).ToString(CultureInfo.InvariantCulture),
        ["LocalHost:Queues:MaxPollingInterval"] = "00:00:00.200",
        ["Sending:MaxConcurrency"] = count.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Builds a backlog, and measures how it is sent once it is due: from Twilio's first call to its last answer.</summary>
    public static async Task<Measurement> MeasureAsync(Rig rig, string name, int messages, int from)
    {
        var due = DueIn(TimeSpan.FromSeconds((double)messages / rig.FanOutRate));
        var sent = rig.Twilio.Messages.Accepted;
        await LoadAsync(rig, messages, from, due);
        return await DrainAsync(rig, name, messages, sent, due);
    }

    /// <summary>When a backlog that takes so long to build may be due: a whole second, and it must be there before the first message is taken for due.</summary>
    public static DateTimeOffset DueIn(TimeSpan building) =>
        DateTimeOffset.FromUnixTimeSeconds((TimeProvider.System.GetUtcNow() + building + Early + WarmUp).ToUnixTimeSeconds());

    /// <summary>Measures how a backlog that is there is sent.</summary>
    /// <param name="rig">By whom.</param>
    /// <param name="name">Of the measurement.</param>
    /// <param name="messages">How many there are.</param>
    /// <param name="sent">How many Twilio had before.</param>
    /// <param name="due">When.</param>
    /// <exception cref="InvalidOperationException">They were being sent before this could begin to measure.</exception>
    public static async Task<Measurement> DrainAsync(Rig rig, string name, int messages, int sent, DateTimeOffset due)
    {
        await WaitAsync(() => TimeProvider.System.GetUtcNow() >= due - Early);
        await rig.ResetAsync();
        var before = await rig.UsageAsync();
        if (rig.Twilio.Messages.Accepted > sent)
        {
            throw new InvalidOperationException("The backlog was due before it was built.");
        }

        await WaitAsync(() => rig.Twilio.Messages.Accepted >= sent + messages);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System); // the last results are written
        var used = (await rig.UsageAsync()).Since(before);
        var arrived = rig.Twilio.Messages.All.Skip(sent).Select(message => message.ArrivedAt).ToArray();
        return new(name, "message", messages, arrived.Max() - arrived.Min() + rig.Twilio.Faults.Latency, used.Held, used);
    }

    /// <summary>Sends messages and waits until Twilio has them.</summary>
    public static async Task SendAsync(Rig rig, int messages, int from, TimeSpan rest)
    {
        var before = rig.Twilio.Messages.Accepted;
        await LoadAsync(rig, messages, from, null);
        await WaitAsync(() => rig.Twilio.Messages.Accepted >= before + messages);
        await Task.Delay(rest, TimeProvider.System);
    }

    /// <summary>Accepts so many messages, in broadcasts of 1,000.</summary>
    public static Task<LoadResult> LoadAsync(Rig rig, int messages, int from, DateTimeOffset? due) => LoadAsync(rig.Server.Http, messages, from, due);

    /// <summary>The same, by any host.</summary>
    public static Task<LoadResult> LoadAsync(HttpClient http, int messages, int from, DateTimeOffset? due) => LoadGenerator.RunAsync(
        http, 4, n => n * Batch < messages ? Bodies.Json(from + (n * Batch), Math.Min(Batch, messages - (n * Batch)), due) : null, HttpStatusCode.Accepted);

    /// <exception cref="InvalidOperationException">It did not come about within ten minutes.</exception>
    public static async Task WaitAsync(Func<bool> done)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > Patience)
            {
                throw new InvalidOperationException("The server does not come to an end with its load.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
