using BulkSms.Common;

namespace BulkSms.Chaos.Invariants;

/// <summary>17. A broadcast is sent by the Twilio account that it was accepted for, and by no other: not even a call is made.</summary>
public static class AccountsSendTheirOwn
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        var accounts = evidence.Broadcasts.ToDictionary(broadcast => broadcast.Id, broadcast => broadcast.Account, StringComparer.Ordinal);
        return evidence.Calls
            .Where(call => call.BroadcastId is { } id && accounts.TryGetValue(id, out var account) && account != call.Account)
            .Select(call => $"a call by account {call.Account}, and broadcast {call.BroadcastId} is {accounts[call.BroadcastId!]}'s: {call.To}");
    }
}
