using BulkSms.Broadcasts;
using BulkSms.Common;

namespace BulkSms.Chaos.Invariants;

/// <summary>19. Nothing is sent of a broadcast that needs an approval before one was asked for, nor ever of one that is not approved; its own caller decides nothing; and of two decisions one is made.</summary>
public static class ApprovalsAreAskedFor
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        var decisions = evidence.Decisions.ToLookup(decision => decision.BroadcastId, StringComparer.Ordinal);
        foreach (var stored in evidence.Broadcasts)
        {
            var needsOne = evidence.Posted.FirstOrDefault(posted => posted.Ids.ContainsKey(stored.Id))?.Plan is not null;
            if (needsOne != stored.Approval is not null)
            {
                yield return $"broadcast {stored.Id}: {(needsOne ? "needs an approval" : "needs no approval")}, and its row says {stored.Approval ?? "nothing"}";
            }

            foreach (var fault in needsOne ? CheckOne(evidence, stored, [.. decisions[stored.Id]]) : [])
            {
                yield return $"broadcast {stored.Id}: {fault}";
            }
        }
    }

    private static IEnumerable<string> CheckOne(Evidence evidence, StoredBroadcast stored, Decision[] decisions)
    {
        var others = decisions.Where(decision => !decision.IsMakers).ToArray();
        var asked = others.Where(decision => decision.IsApproval).Select(decision => (DateTimeOffset?)decision.At).Min();
        foreach (var call in evidence.Calls.Where(call => call.BroadcastId == stored.Id && (stored.Approval != ApprovalStatus.Approved || asked is null || call.At < asked)))
        {
            yield return $"a call at {call.At:HH:mm:ss.fff}, and it is {stored.Approval}, asked to be approved {(asked is { } at ? $"at {at:HH:mm:ss.fff}" : "never")}";
        }

        if (decisions.Any(decision => decision is { IsMakers: true, IsMade: true }))
        {
            yield return "its own caller has decided on it";
        }

        if (others.Where(decision => decision.IsMade).Select(decision => decision.IsApproval).Distinct().Count() > 1)
        {
            yield return "it was approved and rejected";
        }

        if (others.FirstOrDefault(decision => decision.IsMade) is { } made && stored.Approval != (made.IsApproval ? ApprovalStatus.Approved : ApprovalStatus.Rejected))
        {
            yield return $"an answer said that it is {(made.IsApproval ? "approved" : "rejected")}, and its row says {stored.Approval}";
        }

        if (stored.Approval == ApprovalStatus.Awaiting)
        {
            yield return "at rest, and not decided";
        }
    }
}
