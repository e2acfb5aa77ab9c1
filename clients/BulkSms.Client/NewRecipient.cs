namespace BulkSms.Client;

/// <summary>One person.</summary>
/// <param name="To">The phone number.</param>
public sealed record NewRecipient(string To)
{
    /// <summary>Your own name for this person; it comes back with the recipient.</summary>
    public string? Reference { get; init; }

    /// <summary>Values by name, for the placeholders of the message and to come back with the recipient.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    public static implicit operator NewRecipient(string to) => ToNewRecipient(to);

    public static NewRecipient ToNewRecipient(string to) => new(to);
}
