using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>5. Of what is called rejected, optedOut, canceled or expired, without a word of Twilio's, Twilio took nothing.</summary>
public static class UnsentIsUnsent
{
    public static IEnumerable<string> Check(Evidence evidence)
    {
        var sent = evidence.Messages.ToLookup(message => message.Row);
        return evidence.Rows
            .Where(row => row.ProviderStatus is null && row.Status is RecipientStatus.Rejected or RecipientStatus.OptedOut or RecipientStatus.Canceled or RecipientStatus.Expired)
            .Where(row => sent[(row.Key.BroadcastId, row.Key.Id)].Any())
            .Select(row => $"{row.Status}, yet Twilio took a message: {row.Key.Partition}/{row.Key.Id}; {Story.Of(evidence, row.Key, row.To)}");
    }
}
