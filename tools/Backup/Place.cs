using System.Globalization;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace BulkSms.Backup;

/// <summary>Where an export goes to, or comes from: a folder, or a container by its address.</summary>
public sealed class Place : IDisposable
{
    private readonly ExportContainer? container;
    private readonly bool isTemporary;

    private Place(string folder, ExportContainer? container, string name) => (Folder, this.container, Name, isTemporary) = (folder, container, name, container is not null);

    /// <summary>The folder that an export is written to, or read from.</summary>
    public string Folder { get; }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Where an export goes to: a new folder, or <c>https://ACCOUNT.blob.core.windows.net/CONTAINER</c>, in which it is called by its time.</summary>
    public static Place ToWrite(string text, TimeProvider time) => AddressOf(text) is not { } address
        ? new(text, null, text)
        : new(Temporary(), Of(address), time.GetUtcNow().ToString("yyyy-MM-ddTHHmmssZ", CultureInfo.InvariantCulture));

    /// <summary>Where an export comes from: a folder, or the container's address with the export's name at its end.</summary>
    public static async Task<Place> ToReadAsync(string text)
    {
        if (AddressOf(text) is not { } address)
        {
            return new(text, null, text);
        }

        var end = text.TrimEnd('/').LastIndexOf('/');
        var place = new Place(Temporary(), Of(new(text[..end])), address.Segments[^1].Trim('/'));
        await place.container!.DownloadAsync(place.Name, place.Folder);
        return place;
    }

    /// <summary>Takes what was written to where it belongs.</summary>
    public Task KeepAsync() => container?.UploadAsync(Folder, Name) ?? Task.CompletedTask;

    public void Dispose()
    {
        if (isTemporary && Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static string Temporary() => Directory.CreateTempSubdirectory("bulksms-export-").FullName; // the owner's alone

    private static ExportContainer Of(Uri address) => new(new BlobContainerClient(address, new DefaultAzureCredential()));

    private static Uri? AddressOf(string text) => text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? new(text.TrimEnd('/')) : null;
}
