namespace BulkSms.TwilioSimulator;

/// <summary>What changes in a message's life; replaced as a whole, so that a reader never sees half a transition.</summary>
internal sealed record MessageState(string Status, DateTimeOffset DateUpdated)
{
    public string? From { get; init; }

    public int? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public int NumSegments { get; init; }

    public string? Price { get; init; }

    public DateTimeOffset? DateSent { get; init; }
}
