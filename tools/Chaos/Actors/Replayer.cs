using System.Net;
using System.Net.Http.Json;
using BulkSms.Chaos.Twilio;
using BulkSms.Http;
using BulkSms.Poison;

namespace BulkSms.Chaos.Actors;

/// <summary>Replays what was refused: of one broadcast, or of one code.</summary>
public sealed class Replayer(IReadOnlyList<Posted> broadcasts, ChaosApi api, Deeds deeds, Random random, TimeProvider time) : IActor
{
    private const int Times = 2;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1000 + random.Next(3000)), time, CancellationToken.None);
            deeds.Replayed();
            await api.TryPostAsync(Routes.ReplayPoison["v1/".Length..], broadcasts[random.Next(broadcasts.Count)].Id is { } id && random.Next(2) == 0 ? Of(id) : OfCode);
        }
    }

    /// <summary>Replays every broadcast's refusals, and all of them once more.</summary>
    public async Task ReplayAllAsync()
    {
        foreach (var id in Enumerable.Repeat(broadcasts, Times).SelectMany(all => all).Select(broadcast => broadcast.Id).OfType<string>())
        {
            deeds.Replayed();
            if (!await api.PostAsync(Routes.ReplayPoison["v1/".Length..], Of(id), HttpStatusCode.OK))
            {
                deeds.Unanswered.Enqueue($"a replay of broadcast {id}");
            }
        }
    }

    private static Func<HttpContent> Of(string broadcastId) => () => JsonContent.Create(new { broadcastId });

    private static HttpContent OfCode() => JsonContent.Create(new { code = TwilioRecipients.NotMobile });
}
