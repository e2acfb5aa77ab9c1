using System.Net;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.LocalHost;
using BulkSms.LocalHost.Pump;
using BulkSms.Storage;

namespace BulkSms.Benchmarks.Scenarios.Worker;

/// <summary>
/// What BulkSms costs in the Functions worker: a request accepted, a message sent, a status callback, and an invocation of each kind that does next to nothing.
/// </summary>
internal static class WorkerScenario
{
    public const string Trigger = "SendSms";
    private const int Connections = 32;
    private const int WarmUpMessages = 2000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        using var app = await PublishedApp.GetAsync(options.App);
        var queues = HostQueueSettings.Load(Repository.HostJson);
        await using (var rig = await WorkerRig.StartAsync(options, app, queues))
        {
            yield return await RequestsAsync(rig, options, "an HTTP trigger that does nothing much (GET health)", _ => new(HttpMethod.Get, "/api/health"), HttpStatusCode.OK);
            yield return await AcceptAsync(rig, options);
        }

        await using (var rig = await WorkerRig.StartAsync(options, app, queues))
        {
            await rig.WarmUpAsync(async _ =>
            {
                await HoldAsync(rig, WarmUpMessages);
                await rig.DrainAsync(QueueNames.Outbound, Trigger);
            });
            await HoldAsync(rig, options.Messages);
            yield return await DrainAsync(rig, "a queue trigger that does nothing much (SendSms while sending is suspended)", options.Messages);
        }

        await using (var rig = await WorkerRig.StartAsync(options, app, queues))
        {
            yield return await SendAsync(rig, options, queues);
            yield return await CallbacksAsync(rig, options);
        }
    }

    /// <summary>Requests of one recipient each.</summary>
    public static Task<Measurement> AcceptAsync(WorkerRig rig, BenchmarkOptions options) =>
        RequestsAsync(rig, options, "accept 1 recipient", n => Bodies.Json(n % 1_000_000, 1), HttpStatusCode.Accepted);

    /// <summary>A backlog that is sent.</summary>
    public static async Task<Measurement> SendAsync(WorkerRig rig, BenchmarkOptions options, HostQueueSettings queues)
    {
        await rig.WarmUpAsync(_ => SendAsync(rig, WarmUpMessages));
        await LoadAsync(rig, options.Messages);
        return await DrainAsync(rig, $"send, {queues.BatchSize + queues.Threshold} in flight (ms: from receipt to deletion)", options.Messages);
    }

    private static async Task<Measurement> RequestsAsync(WorkerRig rig, BenchmarkOptions options, string name, Func<int, HttpRequestMessage> request, HttpStatusCode expected)
    {
        await rig.WarmUpAsync(_ => LoadGenerator.RunAsync(rig.Http, Connections, request, expected, WarmUp));
        await rig.ResetAsync();
        var before = await rig.UsageAsync();
        var load = await LoadGenerator.RunAsync(rig.Http, Connections, request, expected, TimeSpan.FromSeconds(options.Seconds));
        return Measurement.Of($"{name}, {Connections} connections", "request", load, (await rig.UsageAsync()).Since(before));
    }

    /// <summary>A backlog of so many messages.</summary>
    public static Task LoadAsync(WorkerRig rig, int messages) => SendScenario.LoadAsync(rig.Http, messages, 0, null);

    /// <summary>Measures how a backlog is worked off.</summary>
    public static async Task<Measurement> DrainAsync(WorkerRig rig, string name, int messages)
    {
        await rig.ResetAsync();
        var before = await rig.UsageAsync();
        var begun = TimeProvider.System.GetTimestamp();
        await rig.DrainAsync(QueueNames.Outbound, Trigger);
        var elapsed = TimeProvider.System.GetElapsedTime(begun);
        var used = (await rig.UsageAsync()).Since(before);
        return new(name, "message", messages, elapsed, used.Held, used);
    }

    /// <summary>Accepts messages and sends them.</summary>
    public static async Task SendAsync(WorkerRig rig, int messages)
    {
        await LoadAsync(rig, messages);
        await rig.DrainAsync(QueueNames.Outbound, Trigger);
    }

    // A backlog that is held.
    private static async Task HoldAsync(WorkerRig rig, int messages)
    {
        await SwitchAsync(rig, "resume");
        await LoadAsync(rig, messages);
        await SwitchAsync(rig, "suspend");
    }

    private static async Task SwitchAsync(WorkerRig rig, string what)
    {
        using var answer = await rig.Http.PostAsync($"/api/v1/sending/{what}", null);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<Measurement> CallbacksAsync(WorkerRig rig, BenchmarkOptions options)
    {
        var messages = rig.Twilio.Messages.All;
        var warming = messages.Count - options.Messages;
        await CallbacksScenario.LoadAsync(rig.Http, CallbacksScenario.Callbacks(rig.Twilio, [.. messages.Take(warming)]), Connections);
        var callbacks = CallbacksScenario.Callbacks(rig.Twilio, [.. messages.Skip(warming)]);
        await rig.ResetAsync();
        var before = await rig.UsageAsync();
        var load = await CallbacksScenario.LoadAsync(rig.Http, callbacks, Connections);
        var used = (await rig.UsageAsync()).Since(before);
        await CallbacksScenario.CheckAsync(rig.Http, messages.Count);
        return Measurement.Of($"status callbacks, {Connections} connections", "callback", load, used);
    }
}
