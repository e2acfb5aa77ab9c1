using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Azure.Storage.Queues;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Hosts;
using BulkSms.Chaos.Storage;
using BulkSms.Http;
using BulkSms.Storage;

namespace BulkSms.Chaos;

/// <summary>A broadcast as its poster knows it.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Message">The text.</param>
/// <param name="Numbers">The unique numbers.</param>
public sealed record Posted(string Key, string Message, IReadOnlyList<string> Numbers)
{
    /// <summary>Every id that any answer named: there must be one.</summary>
    public ConcurrentDictionary<string, bool> Ids { get; } = new(StringComparer.Ordinal);
}

/// <summary>A time in which nothing may be sent.</summary>
/// <param name="BroadcastId">Of this broadcast; null: of any.</param>
/// <param name="From">When the 2xx of the pause, cancel or halt had come.</param>
public sealed record HeldTime(string? BroadcastId, DateTimeOffset From)
{
    /// <summary>Just before it was resumed.</summary>
    public DateTimeOffset Until { get; set; } = DateTimeOffset.MaxValue;
}

/// <summary>Those who use and abuse the app while a run goes on, each by its own seeded chance.</summary>
public sealed class Actors(IReadOnlyList<HostProcess> hosts, StorageFaults faults, string storage, TimeProvider time)
{
    public ConcurrentQueue<HeldTime> Held { get; } = [];

    public int Kills { get; private set; }

    public int Stops { get; private set; }

    public int QueueFaults { get; private set; }

    /// <summary>Posts until it is accepted, repeating with the same key whatever the answer was.</summary>
    public async Task PostAsync(Posted broadcast, Random random)
    {
        while (!await TryPostAsync(broadcast, random))
        {
            await WaitAsync(200 + random.Next(300));
        }

        await TryPostAsync(broadcast, random); // and once more for luck
    }

    /// <summary>Kills, freezes and restarts hosts until told to stop.</summary>
    public async Task KillAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await WaitAsync(500 + random.Next(2500));
            var host = hosts[random.Next(hosts.Count)];
            switch (random.Next(4))
            {
                case 0:
                    host.Freeze();
                    Stops++;
                    await WaitAsync((int)ScaledSettings.Lease.TotalMilliseconds + random.Next(1500));
                    host.Thaw();
                    break;
                case 1:
                    await host.RestartAsync();
                    Kills++;
                    break;
                default:
                    await KillAtNamedPointAsync(random);
                    break;
            }
        }
    }

    /// <summary>Doubles, deletes and clears queue messages until told to stop.</summary>
    public async Task AbuseQueueAsync(Random random, CancellationToken stop)
    {
        var queue = new QueueClient(storage, QueueNames.Outbound);
        while (!stop.IsCancellationRequested)
        {
            await WaitAsync(300 + random.Next(900));
            QueueFaults++;
            switch (random.Next(8))
            {
                case 0:
                    await queue.ClearMessagesAsync(CancellationToken.None);
                    break;
                case < 4:
                    foreach (var message in (await queue.ReceiveMessagesAsync(random.Next(1, 6), TimeSpan.FromSeconds(1), CancellationToken.None)).Value)
                    {
                        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None);
                    }

                    break;
                default:
                    foreach (var message in (await queue.PeekMessagesAsync(random.Next(1, 10), CancellationToken.None)).Value)
                    {
                        await queue.SendMessageAsync(message.MessageText, CancellationToken.None);
                    }

                    break;
            }
        }
    }

    /// <summary>Pauses, resumes, halts and (the last broadcast only) cancels until told to stop; then lets all go on again.</summary>
    public async Task OperateAsync(IReadOnlyList<Posted> broadcasts, Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await WaitAsync(500 + random.Next(2000));
            var target = broadcasts[random.Next(broadcasts.Count)].Ids.Keys.FirstOrDefault();
            var isLast = target is not null && broadcasts[^1].Ids.ContainsKey(target);
            switch (random.Next(6))
            {
                case 0:
                    await HoldAsync("sending/halt", null);
                    break;
                case 1 when target is not null:
                    await HoldAsync($"broadcasts/{target}/pause", target);
                    break;
                case 2 when isLast:
                    await HoldAsync($"broadcasts/{target}/cancel", target, forGood: true);
                    break;
                default:
                    await ReleaseAllAsync(broadcasts);
                    break;
            }
        }
    }

    /// <summary>Resumes everything that was held, until each has said yes.</summary>
    public async Task ReleaseAllAsync(IReadOnlyList<Posted> broadcasts)
    {
        foreach (var held in Held.Where(held => held.Until == DateTimeOffset.MaxValue))
        {
            held.Until = time.GetUtcNow();
        }

        await CallAsync("sending/resume", status => status == HttpStatusCode.OK);
        foreach (var id in broadcasts.SelectMany(broadcast => broadcast.Ids.Keys))
        {
            await CallAsync($"broadcasts/{id}/resume", status => status is HttpStatusCode.OK or HttpStatusCode.Conflict or HttpStatusCode.NotFound);
        }
    }

    private static readonly (StorageOperation Operation, string Contains)[] NamedPoints =
    [
        (StorageOperation.CommitBroadcast, ""), (StorageOperation.InsertRecipients, ""), (StorageOperation.MergeRecipient, "\"Claimed\""),
        (StorageOperation.MergeRecipient, "\"sid\""), (StorageOperation.MergeRecipient, "\"Rejected\""), (StorageOperation.MergeRecipient, "poisonedAt"),
        (StorageOperation.MergeRecipient, "\"Pending\""), (StorageOperation.MergeRecipient, "\"Unconfirmed\""), (StorageOperation.SendMessage, ""),
        (StorageOperation.DeleteMessage, ""), (StorageOperation.MergeBroadcast, ""),
    ];

    // The proxy holds the call, the host dies, and the call is applied or not: both are a crash at that very line. Which host made it is not known,
    // so both die.
    private async Task KillAtNamedPointAsync(Random random)
    {
        var (operation, contains) = NamedPoints[random.Next(NamedPoints.Length)];
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        faults.Arm(call => call.Operation == operation && call.Body.Contains(contains, StringComparison.Ordinal), () =>
        {
            foreach (var host in hosts)
            {
                host.Kill();
            }

            reached.TrySetResult();
        });
        await Task.WhenAny(reached.Task, WaitAsync(2000));
        faults.Disarm();
        if (reached.Task.IsCompleted)
        {
            await Task.WhenAll(hosts.Select(host => host.RestartAsync()));
            Kills += hosts.Count;
        }
    }

    private async Task<bool> TryPostAsync(Posted broadcast, Random random)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/broadcasts")
        {
            Content = JsonContent.Create(new { message = broadcast.Message, recipients = broadcast.Numbers.Concat(broadcast.Numbers.Take(3)) }),
        };
        request.Headers.Add(IdempotencyKey.Header, broadcast.Key);
        try
        {
            using var response = await hosts[random.Next(hosts.Count)].Http.SendAsync(request);
            var id = response.StatusCode switch
            {
                HttpStatusCode.Accepted => (await response.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!.BroadcastId,
                HttpStatusCode.ServiceUnavailable => (await response.Content.ReadFromJsonAsync(ApiJson.Default.ProblemDocument))!.BroadcastId,
                _ => null,
            };
            if (id is not null)
            {
                broadcast.Ids.TryAdd(id, true);
            }

            return response.StatusCode == HttpStatusCode.Accepted;
        }
        catch (Exception e) when (e is HttpRequestException or System.Net.Sockets.SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private async Task HoldAsync(string path, string? broadcastId, bool forGood = false)
    {
        if (await CallOnceAsync(path) == HttpStatusCode.OK)
        {
            var held = new HeldTime(broadcastId, time.GetUtcNow());
            Held.Enqueue(held);
            if (!forGood)
            {
                return;
            }

            held.Until = DateTimeOffset.MaxValue.AddTicks(-1); // resuming a canceled one is refused
        }
    }

    private async Task CallAsync(string path, Func<HttpStatusCode?, bool> enough)
    {
        while (!enough(await CallOnceAsync(path)))
        {
            await WaitAsync(300);
        }
    }

    private async Task<HttpStatusCode?> CallOnceAsync(string path)
    {
        foreach (var host in hosts)
        {
            try
            {
                using var response = await host.Http.PostAsync($"/api/v1/{path}", null);
                return response.StatusCode;
            }
            catch (Exception e) when (e is HttpRequestException or System.Net.Sockets.SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // dead or frozen just now
            }
        }

        return null;
    }

    private Task WaitAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time);
}
