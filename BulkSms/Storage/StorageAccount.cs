using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace BulkSms.Storage;

/// <summary>The storage account, and what its callers prove themselves with: a key, a shared access signature, or an identity.</summary>
/// <param name="ConnectionString">Has the key or the signature; null: <paramref name="Name"/> and <paramref name="Identity"/>.</param>
/// <param name="Name">The account's name; null: the connection string has it.</param>
/// <param name="Identity">The identity; null: the connection string's key or signature.</param>
public sealed record StorageAccount(string? ConnectionString, string? Name, TokenCredential? Identity)
{
    /// <summary>The public key of every emulator, from https://learn.microsoft.com/azure/storage/common/storage-use-azurite.</summary>
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>The account that a section of the settings names.</summary>
    /// <exception cref="InvalidOperationException">It names none.</exception>
    public static StorageAccount From(IConfigurationSection section)
    {
        if (!string.IsNullOrWhiteSpace(section.Value))
        {
            return new(section.Value, null, null);
        }

        var name = section["accountName"];
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new InvalidOperationException(
                $"The setting {StorageServices.Setting} is missing: give a storage connection string, or {StorageServices.Setting}:accountName.");
        }

        return new(null, name, new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = section["clientId"] }));
    }

    public TableServiceClient Tables(TableClientOptions options) => ConnectionString is null
        ? new(Endpoint("table"), Identity, options)
        : new(ConnectionString, options);

    public QueueServiceClient Queues(QueueClientOptions options) => ConnectionString is null
        ? new(Endpoint("queue"), Identity, options)
        : new(ConnectionString, options);

    public BlobServiceClient Blobs(BlobClientOptions options) => ConnectionString is null
        ? new(Endpoint("blob"), Identity, options)
        : new(ConnectionString, options);

    /// <summary>The account's key; null: there is none.</summary>
    internal byte[]? ReadKey() =>
        Part("AccountKey") is { } key ? Convert.FromBase64String(key)
        : Part("UseDevelopmentStorage") is { } text && bool.TryParse(text, out var isEmulator) && isEmulator ? Convert.FromBase64String(EmulatorKey)
        : null;

    /// <summary>The shared access signature, without a question mark; null: there is none.</summary>
    internal string? ReadSignature() => Part("SharedAccessSignature")?.TrimStart('?');

    private string? Part(string name)
    {
        var found = ConnectionString?.Split(';').Select(part => part.Split('=', 2)).LastOrDefault(part => part.Length == 2 && part[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
        return found?[1].Trim() is { Length: > 0 } value ? value : null;
    }

    private Uri Endpoint(string service) => new($"https://{Name}.{service}.core.windows.net");
}
