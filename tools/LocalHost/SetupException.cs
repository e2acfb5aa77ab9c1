namespace BulkSms.LocalHost;

/// <summary>Something that this machine lacks. Its message is one clear line for the person at the terminal.</summary>
public sealed class SetupException(string message, Exception? inner = null) : Exception(message, inner);
