using BulkSms.Chaos.Hosts;
using BulkSms.Common;

namespace BulkSms.Chaos.Invariants;

/// <summary>10. From the claim to the call's arrival at Twilio it takes no longer than the deadline.</summary>
public static class WithinTheDeadline
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        foreach (var call in evidence.Calls)
        {
            if (call.ClaimId is null || !evidence.Claims.TryGetValue(call.ClaimId, out var claimed))
            {
                yield return $"a call without a claim: broadcast {call.BroadcastId}, {call.To}";
            }
            else if (call.At - claimed > ScaledSettings.SendDeadline + evidence.SlackAt(call.At))
            {
                yield return $"{(call.At - claimed).TotalSeconds:0.0} s from claim to arrival: broadcast {call.BroadcastId}, {call.To}";
            }
        }
    }
}
