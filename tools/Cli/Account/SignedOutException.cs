namespace BulkSms.Cli.Account;

/// <summary>There is no login, or it has ended: the message says what to do.</summary>
internal sealed class SignedOutException(string message) : Exception(message);
