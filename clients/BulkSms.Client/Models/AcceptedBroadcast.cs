namespace BulkSms.Client.Models;

public partial class AcceptedBroadcast
{
    /// <summary>An earlier call under the same Idempotency-Key made it; this one made no second broadcast.</summary>
    public bool IsReplayed { get; internal set; }
}
