namespace BulkSms.Common;

/// <summary>What a log line, a metric or an exception may show of what must not be shown.</summary>
public static class Redaction
{
    /// <summary><c>+15551234567</c> → <c>+1555•••4567</c>; anything shorter shows nothing but its length.</summary>
    public static string Phone(string? number) => number switch
    {
        null or "" => "(none)",
        { Length: >= 11 } => $"{number[..Math.Min(5, number.Length - 7)]}•••{number[^4..]}", // three digits hidden at least
        _ => $"•••({number.Length})",
    };
}
