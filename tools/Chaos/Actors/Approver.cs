using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace BulkSms.Chaos.Actors;

/// <summary>Decides on the broadcasts that need it, some time after they were accepted, and on some not at all. The caller that sent them tries as well, which must be refused.</summary>
/// <param name="broadcasts">The broadcasts.</param>
/// <param name="api">The API.</param>
/// <param name="token">The approver's token.</param>
/// <param name="deeds">Takes what was asked for.</param>
/// <param name="random">Seeded.</param>
/// <param name="time">The clock.</param>
public sealed class Approver(IReadOnlyList<Posted> broadcasts, ChaosApi api, string token, Deeds deeds, Random random, TimeProvider time) : IActor
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private readonly IReadOnlyList<(Posted Posted, TimeSpan After)> planned = [.. broadcasts.Where(each => each.Plan is not null).Select(each => (each, TimeSpan.FromMilliseconds(random.Next(7000))))];

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(planned.Select(each => DecideAsync(each.Posted, each.After, stop)));

    /// <summary>Decides, until each answer is final, on what is not decided yet.</summary>
    public async Task FinishAsync()
    {
        foreach (var id in planned.Where(each => each.Posted.Plan is not ApprovalPlan.Leave).Select(each => each.Posted).SelectMany(posted => posted.Ids.Keys.Select(id => (posted, id))))
        {
            if (!await UntilAnsweredAsync(id.id, isApproval: id.posted.Plan is not ApprovalPlan.Reject))
            {
                deeds.Unanswered.Enqueue($"a decision on broadcast {id.id}");
            }
        }
    }

    private async Task DecideAsync(Posted posted, TimeSpan after, CancellationToken stop)
    {
        while (posted.Id is null && !stop.IsCancellationRequested)
        {
            await Task.Delay(Look, time, CancellationToken.None);
        }

        if (posted.Id is not { } id)
        {
            return;
        }

        await TryAsync(id, isApproval: true, isMakers: true);
        await Task.Delay(after, time, CancellationToken.None);
        await (posted.Plan switch
        {
            ApprovalPlan.Approve => Task.WhenAll(TryAsync(id, isApproval: true), TryAsync(id, isApproval: true)),
            ApprovalPlan.Reject => Task.WhenAll(TryAsync(id, isApproval: false), TryAsync(id, isApproval: false)),
            ApprovalPlan.Contest => Task.WhenAll(TryAsync(id, isApproval: true), TryAsync(id, isApproval: false)),
            _ => Task.CompletedTask,
        });
        await TryAsync(id, isApproval: true, isMakers: true);
    }

    private async Task<bool> UntilAnsweredAsync(string id, bool isApproval)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await TryAsync(id, isApproval) is HttpStatusCode.OK or HttpStatusCode.Conflict or HttpStatusCode.NotFound)
            {
                return true;
            }

            await Task.Delay(Look, time);
        }

        return false;
    }

    private async Task<HttpStatusCode?> TryAsync(string id, bool isApproval, bool isMakers = false)
    {
        var decision = new Decision(id, isApproval, isMakers, time.GetUtcNow());
        deeds.Decisions.Enqueue(decision);
        var answer = await api.TryAsync<HttpStatusCode?>(
            random.Next(2),
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/broadcasts/{id}/{(isApproval ? "approve" : "reject")}") { Content = JsonContent.Create(new { comment = "chaos" }) };
                request.Headers.Authorization = isMakers ? null : new AuthenticationHeaderValue("Bearer", token);
                return request;
            },
            response => Task.FromResult<HttpStatusCode?>(response.StatusCode));
        decision.IsMade = answer is HttpStatusCode.OK;
        return answer;
    }
}
