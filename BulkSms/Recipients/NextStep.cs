namespace BulkSms.Recipients;

/// <summary>What a recipient's row calls for, as it is now.</summary>
public enum NextStep
{
    /// <summary>Nothing: it has ended, or is in other hands.</summary>
    None,

    /// <summary>It waits: a send job must be in the queue.</summary>
    Enqueue,

    /// <summary>It waits, and its time is over.</summary>
    Expire,

    /// <summary>Its sender is gone: what became of the call is not known.</summary>
    LapseClaim,

    /// <summary>The provider's list must tell whether it was sent.</summary>
    Reconcile,

    /// <summary>It was rejected, and its poison message is not written.</summary>
    WritePoison,

    /// <summary>The provider's last word is not waited for any more.</summary>
    Close,
}

/// <summary>"A row is in this status: what now?" is answered here, for the queue, the sweeper and the poison queue alike.</summary>
public static class NextSteps
{
    /// <summary>How long after its send a recipient's final status is waited for.</summary>
    public static readonly TimeSpan CloseAfter = TimeSpan.FromHours(36);

    /// <summary>What a row calls for.</summary>
    /// <param name="reading">The row, and storage's time of reading it.</param>
    /// <param name="now">The time by our own clock.</param>
    /// <param name="claimLease">How old a claim must be, by storage's clock, for its holder to be gone.</param>
    /// <param name="poisonAfter">How old a rejection must be, by storage's clock, for the one who made it to be gone; null: its poison message is written at once.</param>
    public static NextStep Of(RecipientTable.Reading reading, DateTimeOffset now, TimeSpan claimLease, TimeSpan? poisonAfter = null) => reading.Row switch
    {
        { Status: RecipientStatus.Pending, ExpiresAt: { } expiresAt } when expiresAt <= now => NextStep.Expire,
        { Status: RecipientStatus.Pending } => NextStep.Enqueue,
        { Status: RecipientStatus.Sending } when reading.Age >= claimLease => NextStep.LapseClaim,
        { Status: RecipientStatus.Unconfirmed } => NextStep.Reconcile,
        { Status: RecipientStatus.Rejected, PoisonedAt: null } when poisonAfter is null || reading.Age >= poisonAfter => NextStep.WritePoison,
        { Status: RecipientStatus.Submitted, SentAt: { } sentAt } when now - sentAt > CloseAfter => NextStep.Close,
        _ => NextStep.None,
    };
}
