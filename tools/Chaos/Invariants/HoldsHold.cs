using BulkSms.Common;

namespace BulkSms.Chaos.Invariants;

/// <summary>7. No call starts more than 5 s after the 2xx of an opt-out, pause, suspension or cancel.</summary>
public static class HoldsHold
{
    private static readonly TimeSpan InForceAfter = TimeSpan.FromSeconds(5);

    public static IEnumerable<string> Check(Evidence evidence) =>
        from call in evidence.Calls
        from held in evidence.Held
        where held.Covers(call.BroadcastId, call.To, call.At) && call.At > held.From + InForceAfter + evidence.SlackAt(call.At)
        select $"a call {(call.At - held.From).TotalSeconds:0.0} s after {held.Why}: broadcast {call.BroadcastId}, {call.To}";
}
