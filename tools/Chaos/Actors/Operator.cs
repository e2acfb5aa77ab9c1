using System.Net;
using BulkSms.Common;

namespace BulkSms.Chaos.Actors;

/// <summary>Pauses, resumes, suspends and cancels, and notes when nothing may be sent.</summary>
public sealed class Operator(IReadOnlyList<Posted> broadcasts, ChaosApi api, Deeds deeds, Random random, TimeProvider time) : IActor
{
    /// <summary>Milliseconds: a hold must be in force after 5 s, and only when it lasts for longer than that, and what is forgiven a busy machine, it shows.</summary>
    private const int LongHold = 8000;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await WaitAsync(500 + random.Next(1500));
            var target = broadcasts[random.Next(broadcasts.Count)];
            await ((random.Next(6), target.Id) switch
            {
                (0 or 1, _) => HoldAsync("sending/suspend", null, canBeResumed: true),
                (< 4, { } id) => HoldAsync($"broadcasts/{id}/pause", id, canBeResumed: true),
                (4, { } id) when target.MayBeCanceled => CancelAsync(id),
                _ => Task.CompletedTask,
            });
            await WaitAsync(random.Next(2) == 0 ? random.Next(1000) : LongHold + random.Next(2000));
            await ResumeAsync([.. deeds.Held.Where(IsHeld).Select(held => held.BroadcastId)]);
        }
    }

    /// <summary>Resumes everything, until each has said yes.</summary>
    public Task ReleaseAsync() => ResumeAsync([null, .. broadcasts.SelectMany(broadcast => broadcast.Ids.Keys)]);

    private async Task ResumeAsync(string?[] held) // null: all sending
    {
        foreach (var each in deeds.Held.Where(IsHeld))
        {
            each.Until = time.GetUtcNow();
        }

        foreach (var id in held)
        {
            await (id is null ? PostAsync("sending/resume") : ResumeAsync(id));
        }
    }

    /// <summary>Resumes a broadcast, until the answer is final.</summary>
    public async Task ResumeAsync(string broadcastId)
    {
        var resumption = new Resumption(broadcastId, time.GetUtcNow());
        deeds.Resumptions.Enqueue(resumption);
        await PostAsync($"broadcasts/{broadcastId}/resume");
        resumption.Until = time.GetUtcNow();
    }

    /// <summary>Cancels a broadcast.</summary>
    public Task CancelAsync(string broadcastId) => HoldAsync($"broadcasts/{broadcastId}/cancel", broadcastId, canBeResumed: false);

    private async Task PostAsync(string path)
    {
        if (!await api.PostAsync(path, null, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.NotFound))
        {
            deeds.Unanswered.Enqueue(path);
        }
    }

    private static bool IsHeld(HeldTime held) => held.CanBeResumed && held.Until == DateTimeOffset.MaxValue;

    private async Task HoldAsync(string path, string? broadcastId, bool canBeResumed)
    {
        if (await api.TryPostAsync(path) == HttpStatusCode.OK)
        {
            deeds.Held.Enqueue(new(path, broadcastId, null, time.GetUtcNow()) { CanBeResumed = canBeResumed });
        }
    }

    private Task WaitAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time);
}
