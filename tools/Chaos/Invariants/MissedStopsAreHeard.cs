using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>
/// 15. Who said STOP while storage was away is on the opt-out list, and nothing waits for them. (That nothing is sent to them any more, once Twilio's list was read, is the seventh.)
/// </summary>
public static class MissedStopsAreHeard
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        foreach (var unheard in evidence.Unheard)
        {
            if (unheard.IsTaken)
            {
                yield return $"the webhook said that it had taken a STOP, and storage was away: {unheard.To}";
            }

            if (!evidence.OptedOut.Contains(unheard.To))
            {
                yield return $"a STOP that came while storage was away was never heard: {unheard.To}";
            }

            if (evidence.Rows.Any(row => row.To == unheard.To && row.Status == RecipientStatus.Pending))
            {
                yield return $"a message waits for a number that said STOP while storage was away: {unheard.To}";
            }
        }
    }
}
