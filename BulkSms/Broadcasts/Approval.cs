namespace BulkSms.Broadcasts;

/// <summary>How it stands with the approval that a broadcast needs.</summary>
/// <param name="Status">One of <see cref="ApprovalStatus"/>.</param>
/// <param name="DecidedBy">The name of the caller who decided; null: no caller has.</param>
/// <param name="DecidedAt">When it was decided, or had expired; null: it was not.</param>
/// <param name="Comment">What was said about the decision; null: nothing.</param>
public sealed record Approval(string Status, string? DecidedBy = null, DateTimeOffset? DecidedAt = null, string? Comment = null);

/// <summary>What an approval may be. It is decided once, under the broadcast's ETag, and stays so.</summary>
public static class ApprovalStatus
{
    /// <summary>Nothing of the broadcast is sent, and no recipient has a row that could be.</summary>
    public const string Awaiting = "awaiting";

    public const string Approved = "approved";
    public const string Rejected = "rejected";

    /// <summary>The broadcast's time was over before it was decided.</summary>
    public const string Expired = "expired";
}
