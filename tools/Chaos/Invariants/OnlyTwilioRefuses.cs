using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>
/// 14. A rejected recipient was refused by Twilio, by name and for good: no outage ends a message, however long it is. Apart from that, the host may have given up.
/// (That every recipient ends is the third.)
/// </summary>
public static class OnlyTwilioRefuses
{
    private const string ByHost = "given up: the Functions host"; // it had died over this one message too often

    public static IEnumerable<string> Check(Evidence evidence)
    {
        var refused = evidence.Calls.Where(call => RefusedOnce.IsPermanent(call.Code)).Select(call => call.Row).ToHashSet();
        return evidence.Rows
            .Where(row => row.To.Length > 0 && row.Status == RecipientStatus.Rejected && !IsGivenUp(row.Reason ?? ""))
            .Where(row => !refused.Contains((row.Key.BroadcastId, row.Key.Id)))
            .Select(row => $"rejected ({row.Reason}), and Twilio never refused it: {row.Key.Partition}/{row.Key.Id}; {Story.Of(evidence, row.Key, row.To)}");
    }

    private static bool IsGivenUp(string reason) => reason.StartsWith(ByHost, StringComparison.Ordinal);
}
