namespace BulkSms.LocalHost;

/// <summary>Something that this machine lacks. Its message is one clear line for the person at the terminal.</summary>
public class SetupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>This machine has no Node.js that can run Azurite.</summary>
public sealed class NodeMissingException(string message) : SetupException(message);
