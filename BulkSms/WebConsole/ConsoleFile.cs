namespace BulkSms.WebConsole;

/// <summary>A file of the console, and the same compressed.</summary>
/// <param name="ContentType">What it is.</param>
/// <param name="Versions">By content coding; empty: as it is.</param>
public sealed record ConsoleFile(string ContentType, IReadOnlyDictionary<string, ConsoleFileVersion> Versions)
{
    public const string AsItIs = "";
    public const string Brotli = "br";
    public const string Gzip = "gzip";
}

/// <param name="Content">The bytes.</param>
/// <param name="Tag">Changes with the bytes: the entity tag, in quotation marks.</param>
public sealed record ConsoleFileVersion(byte[] Content, string Tag);
