using BulkSms.Chaos.Storage;
using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>What a row said after one of its writes.</summary>
/// <param name="Status">Its status.</param>
/// <param name="ProviderStatus">Twilio's word, or null.</param>
/// <param name="Sid">Its SID, or null.</param>
/// <param name="ClaimId">Its claim, or null.</param>
/// <param name="IsChange">Whether the status differs from before.</param>
public sealed record RowState(string Status, string? ProviderStatus, string? Sid, string? ClaimId, bool IsChange)
{
    /// <summary>All of a row's states, from its insertion on.</summary>
    /// <param name="row">The row as it is: who opted out before the fan-out came to it was inserted so, and all of a broadcast that was never approved.</param>
    /// <param name="history">Its writes.</param>
    public static IReadOnlyList<RowState> Of(Recipient row, RowHistory history)
    {
        var isBornSo = history.Writes.All(write => write.Status is null) && row.Status is RecipientStatus.OptedOut or RecipientStatus.Canceled or RecipientStatus.Expired;
        List<RowState> states = [new(isBornSo ? row.Status : RecipientStatus.Pending, null, null, null, true)];
        foreach (var write in history.Writes)
        {
            states.Add(states[^1].After(write));
        }

        return states;
    }

    /// <summary>As the app's state machine takes it.</summary>
    public Recipient AsRow(RecipientKey key) => new() { Key = key, To = "", Status = Status, ProviderStatus = ProviderStatus, Sid = Sid, ClaimId = ClaimId };

    private RowState After(RowWrite write) => new(
        write.Status ?? Status,
        write.ProviderStatus ?? ProviderStatus,
        string.IsNullOrEmpty(write.Sid) ? Sid : write.Sid,
        write.ClaimId ?? ClaimId,
        write.Status is { } status && status != Status);
}
