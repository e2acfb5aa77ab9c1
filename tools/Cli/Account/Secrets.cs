namespace BulkSms.Cli.Account;

/// <summary>What must not be read by others.</summary>
/// <param name="Key">The function key; null: there is none.</param>
/// <param name="Tokens">Entra's tokens, as its library keeps them; null: there are none.</param>
internal sealed record Secrets(string? Key, byte[]? Tokens);
