using System.Collections.Concurrent;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Invariants;
using BulkSms.Recipients;

namespace BulkSms.Chaos.Actors;

/// <summary>Resumes broadcasts that have paused themselves after their first part, each once, and cancels what cannot be decided.</summary>
/// <param name="broadcasts">All broadcasts of the run.</param>
/// <param name="api">The API.</param>
/// <param name="people">Resumes them.</param>
public sealed class FirstPartJudge(IReadOnlyList<Posted> broadcasts, ChaosApi api, Operator people)
{
    private readonly ConcurrentDictionary<string, bool> done = new(StringComparer.Ordinal);

    /// <summary>Asks once for each that is not known to be decided.</summary>
    public async Task ResumeFailedAsync()
    {
        foreach (var id in broadcasts.Where(each => each.FirstPart is not null).SelectMany(each => each.Ids.Keys).Where(id => !done.ContainsKey(id)))
        {
            var status = (await api.GetAsync($"broadcasts/{id}", ApiJson.Default.BroadcastView))?.Canary?.Status;
            if (status == CanaryStatus.Failed)
            {
                await people.ResumeAsync(id);
            }

            if (status is not null and not CanaryStatus.Waiting)
            {
                done[id] = true;
            }
        }
    }

    /// <summary>Cancels those that cannot be decided, since of one of the part it cannot be told whether a message of Twilio's is theirs.</summary>
    public async Task CancelUndecidableAsync(Evidence evidence)
    {
        foreach (var id in evidence.Broadcasts.Where(each => each is { IsCanceled: false, FirstPart.Status: CanaryStatus.Waiting }).Select(each => each.Id))
        {
            var open = evidence.Rows.Where(row => row.Key.BroadcastId == id && RecipientStatus.IsOpen(row.Status)).ToArray();
            if (open.Length > 0 && open.All(row => row.Status == RecipientStatus.Unconfirmed && evidence.Ambiguous.Contains(row.To)))
            {
                await people.CancelAsync(id);
            }
        }
    }
}
