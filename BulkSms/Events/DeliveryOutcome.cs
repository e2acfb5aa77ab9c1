namespace BulkSms.Events;

/// <summary>What a call to an endpoint came to.</summary>
/// <param name="Reason">In words, with nothing that is secret or personal.</param>
/// <param name="Status">The status that it answered with; null: it did not answer.</param>
public abstract record DeliveryOutcome(string Reason, int? Status)
{
    /// <summary>It has the events.</summary>
    public sealed record Delivered(int? Status) : DeliveryOutcome("", Status);

    /// <summary>It wants no more events: 410.</summary>
    public sealed record Gone() : DeliveryOutcome("it answered 410: it wants no more events", 410);

    /// <summary>It does not have them, as far as is known.</summary>
    /// <param name="Reason">In words.</param>
    /// <param name="Status">The status that it answered with.</param>
    /// <param name="RetryAfter">How long it asks to be left alone; null: it does not.</param>
    public sealed record Failed(string Reason, int? Status = null, TimeSpan? RetryAfter = null) : DeliveryOutcome(Reason, Status);
}
