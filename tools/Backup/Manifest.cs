using System.Globalization;
using System.Text.Json.Serialization;

namespace BulkSms.Backup;

/// <summary>What an export holds. It is written last: a folder without it is half an export, and is refused.</summary>
/// <param name="Version">Of the form.</param>
/// <param name="StartedAt">Nothing that was written to storage before this time is missing.</param>
/// <param name="Rows">Rows by table.</param>
/// <param name="Blobs">Lists of recipients.</param>
public sealed record Manifest(int Version, DateTimeOffset StartedAt, IReadOnlyDictionary<string, int> Rows, int Blobs)
{
    public const int CurrentVersion = 1;

    /// <summary><see cref="StartedAt"/> as the API takes it.</summary>
    [JsonIgnore]
    public string Since => StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public const string FileName = "manifest.json";
    public const string BlobFolder = "recipient-lists";

    public static string FileOf(string table) => $"{table}.ndjson.gz";
}

/// <summary>An export or import that cannot be done; the message says why.</summary>
public sealed class BackupException(string message) : Exception(message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
