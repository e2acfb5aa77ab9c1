using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;
using BulkSms.Storage;

namespace BulkSms.Benchmarks.Scenarios.Million;

/// <summary>One broadcast to very many, step by step. Each step yields its lines.</summary>
/// <param name="rig">On what.</param>
/// <param name="recipients">How many.</param>
/// <param name="messages">How many are sent.</param>
internal sealed class MillionBroadcast(Rig rig, int recipients, int messages)
{
    private const int FanOutRate = 3000; // a second at least: what waits must not be due before
    private const int PageSize = 1000;
    private HttpClient Http => rig.Server.Http;

    /// <summary>A smaller upload of its own numbers, due tomorrow: everything is compiled, and every pool is filled.</summary>
    public static async Task WarmUpAsync(Rig rig, int recipients, int from)
    {
        var url = await new MillionBroadcast(rig, recipients, 0).UploadAsync(from, TimeProvider.System.GetUtcNow().AddDays(1));
        await Of(rig, url).WaitForFanOutAsync();
        await rig.Server.Http.GetStringAsync(url);
        await rig.Server.Http.GetStringAsync($"{url}/recipients?limit={PageSize}");
        await rig.Server.PostAsync(BenchmarkServer.SweepPath);
        await rig.ResetAsync();
    }

    public async IAsyncEnumerable<Measurement> RunAsync()
    {
        yield return await SweepAsync("before the upload");
        var before = await rig.UsageAsync();
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds((recipients / FanOutRate) + 10);
        var begun = Stopwatch.GetTimestamp();
        var url = await UploadAsync(0, due);
        var accepted = Stopwatch.GetElapsedTime(begun);
        yield return Growth("upload, until 202", accepted, before, await rig.UsageAsync());

        var stored = Of(rig, url);
        await using (var poller = Progress(url))
        await using (var other = new ProgressPoller(Http, "GET of what reads nothing", "/api/health").Start())
        {
            await stored.WaitForFanOutAsync();
            yield return Growth("the same, until it is fanned out", Stopwatch.GetElapsedTime(begun), before, await rig.UsageAsync());
            yield return poller.Take("while it is fanned out");
            yield return other.Take("meanwhile: what the machine itself takes");
            if (messages > 0)
            {
                yield return await SendScenario.DrainAsync(rig, "send, 512 in flight (ms: from receipt to deletion)", messages, rig.Twilio.Messages.Accepted, due);
                yield return poller.Take("while it is sent");
                yield return other.Take("meanwhile");
            }

            (await Http.PostAsync($"{url}/pause", null)).EnsureSuccessStatusCode(); // nothing is sent, and nothing requeued
            await new QueueClient(rig.Storage, QueueNames.Outbound).ClearMessagesAsync();
        }

        yield return await SweepAsync("while the rest of it waits");
        await foreach (var line in EndAsync(url, stored))
        {
            yield return line;
        }
    }

    private async IAsyncEnumerable<Measurement> EndAsync(string url, StoredBroadcast stored)
    {
        await using (var poller = Progress(url))
        {
            await stored.DeliverAllAsync();
            yield return poller.Take("while storage is told that all are delivered");
            yield return await PagesAsync(url);
            yield return await ExportAsync(url);
            yield return poller.Take("while pages and results are read");
        }

        yield return await SweepAsync("that completes it");
        yield return await SweepAsync("after it is completed");
        await using (var poller = Progress(url))
        {
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
            yield return poller.Take("when it is completed");
        }

        yield return await MeasureAsync("erase it", "recipient", recipients, () => Http.DeleteAsync(url));
        yield return await SweepAsync("after it is erased");
    }

    private async Task<string> UploadAsync(int from, DateTimeOffset due)
    {
        using var request = Bodies.Csv(from, recipients, due);
        using var answer = await Http.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.Accepted ? answer.Headers.Location!.ToString() : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    private async Task<Measurement> PagesAsync(string url)
    {
        var (before, begun, count, taken) = (await rig.UsageAsync(), Stopwatch.GetTimestamp(), 0, new List<float>());
        for (string? next = ""; next is not null;)
        {
            var asked = Stopwatch.GetTimestamp();
            var page = JsonNode.Parse(await Http.GetStringAsync($"{url}/recipients?limit={PageSize}&cursor={next}"))!;
            taken.Add((float)Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            count += page["recipients"]!.AsArray().Count;
            next = (string?)page["next"];
        }

        return Whole(new($"all recipients by pages of {PageSize:N0} (ms: of each page)", "recipient", count, Stopwatch.GetElapsedTime(begun), taken, (await rig.UsageAsync()).Since(before)));
    }

    private async Task<Measurement> ExportAsync(string url)
    {
        await rig.ResetAsync();
        var (before, begun, lines) = (await rig.UsageAsync(), Stopwatch.GetTimestamp(), -1);
        using (var reader = new StreamReader(await Http.GetStreamAsync($"{url}/results.csv")))
        {
            while (await reader.ReadLineAsync() is not null)
            {
                lines++;
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(begun);
        var used = await rig.UsageAsync();
        return Whole(Growth("results.csv", elapsed, before, used) with { Count = lines });
    }

    private Task<Measurement> SweepAsync(string when) => MeasureAsync($"a turn of the sweeper {when}", "turn", 1, () => Http.PostAsync(BenchmarkServer.SweepPath, null));

    private async Task<Measurement> MeasureAsync(string name, string unit, int count, Func<Task<HttpResponseMessage>> call)
    {
        await rig.ResetAsync();
        var (before, begun) = (await rig.UsageAsync(), Stopwatch.GetTimestamp());
        using var answer = await call();
        var elapsed = Stopwatch.GetElapsedTime(begun);
        return answer.IsSuccessStatusCode
            ? new(name, unit, count, elapsed, [(float)elapsed.TotalMilliseconds], (await rig.UsageAsync()).Since(before))
            : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    private Measurement Growth(string name, TimeSpan elapsed, Usage before, Usage after) =>
        new(FormattableString.Invariant($"{name}: {elapsed.TotalSeconds:0.0} s; the managed heap grew by at most {(after.PeakHeap - before.Heap) / 1048576.0:0} MiB"), "recipient", recipients, elapsed, [(float)elapsed.TotalMilliseconds], after.Since(before))
        {
            Growth = after.PeakWorkingSet - before.WorkingSet,
        };

    private Measurement Whole(Measurement measured) => measured.Count == recipients ? measured : throw new InvalidOperationException($"{measured.Name}: there were {measured.Count}.");

    private ProgressPoller Progress(string url) => new ProgressPoller(Http, "GET of the progress", url).Start();

    private static StoredBroadcast Of(Rig rig, string url) => new(rig.Memory!, url.Split('/')[^1]);
}
