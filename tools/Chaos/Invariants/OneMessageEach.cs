using BulkSms.Common;

namespace BulkSms.Chaos.Invariants;

/// <summary>1. Per recipient Twilio took at most one message.</summary>
public static class OneMessageEach
{
    public static IEnumerable<string> Check(Evidence evidence) => evidence.Messages
        .GroupBy(message => message.Row)
        .Where(group => group.Count() > 1)
        .Select(group => $"{group.Count()} messages of broadcast {group.Key.BroadcastId} to {group.First().To}");
}
