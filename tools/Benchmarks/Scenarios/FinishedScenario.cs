using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Scenarios.Million;
using BulkSms.Benchmarks.Server;
using BulkSms.Common;
using BulkSms.MemoryStorage;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>The same load beside 10, 1,000 and 100,000 broadcasts that are finished: neither a message nor a turn of the sweeper may cost more for them.</summary>
internal static class FinishedScenario
{
    private const int WarmUp = 2000;
    private static readonly int[] Stored = [10, 1_000, 100_000];

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        foreach (var count in Stored)
        {
            await using var rig = await Rig.StartAsync(options, pump: true, StoragePlace.LoadGenerator, settings: SendScenario.InFlight(512));
            rig.Twilio.Faults.CallbackStatuses = ["sent", "delivered"];
            await SendAsync(rig, WarmUp, 0);
            await rig.Server.PostAsync(BenchmarkServer.SweepPath);
            await CopyAsync(rig.Memory!, await FinishOneAsync(rig), count);
            await foreach (var line in MeasureAsync(rig, count, options.Messages / 10))
            {
                yield return line;
            }
        }
    }

    private static async IAsyncEnumerable<Measurement> MeasureAsync(Rig rig, int count, int messages)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{count:N0} finished broadcasts");
        await rig.ResetAsync();
        var before = await rig.UsageAsync();
        var begun = Stopwatch.GetTimestamp();
        await SendAsync(rig, messages, WarmUp + 1);
        yield return new($"{name}: one more to one person, accepted to delivered", "message", messages, Stopwatch.GetElapsedTime(begun), [], (await rig.UsageAsync()).Since(before));

        await rig.Server.PostAsync(BenchmarkServer.SweepPath); // completes them
        before = await rig.UsageAsync();
        begun = Stopwatch.GetTimestamp();
        await rig.Server.PostAsync(BenchmarkServer.SweepPath);
        yield return new($"{name}: a turn of the sweeper", "turn", 1, Stopwatch.GetElapsedTime(begun), [], (await rig.UsageAsync()).Since(before));
    }

    private static async Task SendAsync(Rig rig, int messages, int from)
    {
        var sent = rig.Twilio.Messages.Accepted;
        await LoadGenerator.RunAsync(rig.Server.Http, 64, n => n < messages ? Bodies.Json(from + n, 1) : null, HttpStatusCode.Accepted);
        await SendScenario.WaitAsync(() => rig.Twilio.Messages.Accepted >= sent + messages);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System); // the last callbacks are written
    }

    private static async Task<string> FinishOneAsync(Rig rig)
    {
        using var answer = await rig.Server.Http.SendAsync(Bodies.Json(WarmUp, 1));
        var id = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["broadcastId"]!;
        while (JsonNode.Parse(await rig.Server.Http.GetStringAsync($"/api/v1/broadcasts/{id}"))!["status"]!.ToString() != "completed")
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            await rig.Server.PostAsync(BenchmarkServer.SweepPath);
        }

        return id;
    }

    // Each copy was accepted a second before the one before it, and has one recipient.
    private static async Task CopyAsync(MemoryAccount account, string id, int count)
    {
        var tables = StoredBroadcast.TablesOf(account);
        var (broadcasts, recipients) = (tables.GetTableClient(TableNames.Broadcasts), tables.GetTableClient(TableNames.Recipients));
        var row = (await broadcasts.GetEntityAsync<TableEntity>("broadcasts", $"b-{id}")).Value;
        var recipient = await recipients.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {new Shard(id, 0).Partition}")).SingleAsync();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var ids in Enumerable.Range(1, count).Select(number => BroadcastId.New(now.AddSeconds(-number))).Chunk(100))
        {
            await broadcasts.SubmitTransactionAsync(ids.Select(copy => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(row) { RowKey = $"b-{copy}" })));
            foreach (var copy in ids)
            {
                await recipients.AddEntityAsync(new TableEntity(recipient) { PartitionKey = new Shard(copy, 0).Partition });
            }
        }
    }
}
