using System.Net;

namespace BulkSms.Chaos.Actors;

/// <summary>Pauses, resumes, halts and cancels, and notes when nothing may be sent.</summary>
public sealed class Operator(IReadOnlyList<Posted> broadcasts, ChaosApi api, Deeds deeds, Random random, TimeProvider time) : IActor
{
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500 + random.Next(2000)), time, CancellationToken.None);
            var target = broadcasts[random.Next(broadcasts.Count)];
            await ((random.Next(6), target.Id) switch
            {
                (0, _) => HoldAsync("sending/halt", null, canBeResumed: true),
                (1, { } id) => HoldAsync($"broadcasts/{id}/pause", id, canBeResumed: true),
                (2, { } id) when target.MayBeCanceled => HoldAsync($"broadcasts/{id}/cancel", id, canBeResumed: false),
                _ => ReleaseAsync(),
            });
        }
    }

    /// <summary>Resumes everything that was held, until each has said yes.</summary>
    public async Task ReleaseAsync()
    {
        foreach (var held in deeds.Held.Where(held => held.CanBeResumed && held.Until == DateTimeOffset.MaxValue))
        {
            held.Until = time.GetUtcNow();
        }

        await api.PostAsync("sending/resume", null, HttpStatusCode.OK);
        foreach (var id in broadcasts.SelectMany(broadcast => broadcast.Ids.Keys))
        {
            await api.PostAsync($"broadcasts/{id}/resume", null, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.NotFound);
        }
    }

    private async Task HoldAsync(string path, string? broadcastId, bool canBeResumed)
    {
        if (await api.TryPostAsync(path) == HttpStatusCode.OK)
        {
            deeds.Held.Enqueue(new(path, broadcastId, null, time.GetUtcNow()) { CanBeResumed = canBeResumed });
        }
    }
}
