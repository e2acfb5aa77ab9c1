using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace BulkSms.Tests.Contracts;

/// <summary>What BulkSms relies on in the blob service.</summary>
public abstract class BlobContract(StorageUnderTest storage) : IAsyncLifetime
{
    private readonly BlobContainerClient container = storage.Blobs.GetBlobContainerClient("things");

    public async ValueTask InitializeAsync() => await container.CreateIfNotExistsAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task CreateIfNotExists_Twice_IsNoFault()
    {
        await container.CreateIfNotExistsAsync();
        await container.GetPropertiesAsync();
    }

    [Fact]
    public async Task Upload_WithoutOverwrite_IsRefusedTheSecondTime()
    {
        var blob = container.GetBlobClient("a");
        await blob.UploadAsync(BinaryData.FromString("first"));

        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(BinaryData.FromString("second")));

        Assert.Equal((409, "BlobAlreadyExists"), (fault.Status, fault.ErrorCode));
        Assert.Equal("first", (await blob.DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task OpenWrite_InBlocks_IsReadBackInRanges()
    {
        var bytes = new byte[10_000_000];
        new Random(1).NextBytes(bytes);
        var blob = container.GetBlobClient("folder/large one");
        await using (var stream = await blob.OpenWriteAsync(overwrite: true))
        {
            await stream.WriteAsync(bytes);
        }

        await using var read = await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = 1024 * 1024 });
        var copy = new MemoryStream();
        await read.CopyToAsync(copy);

        Assert.Equal(bytes, copy.ToArray());
    }

    [Fact]
    public async Task OpenRead_OfAnEmptyBlob_IsEmpty()
    {
        var blob = container.GetBlobClient("empty");
        await blob.UploadAsync(BinaryData.FromString(""));

        await using var read = await blob.OpenReadAsync();

        Assert.Equal(-1, read.ReadByte());
    }

    [Fact]
    public async Task List_ByPrefix_FindsThoseAlone()
    {
        foreach (var name in new[] { "a/2", "b/1", "a/1" })
        {
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromString("x"));
        }

        Assert.Equal(["a/1", "a/2"], await container.GetBlobsAsync(BlobTraits.None, BlobStates.None, "a/", default).Select(blob => blob.Name).ToListAsync());
    }

    [Fact]
    public async Task Delete_Twice_TheSecondFindsNothing()
    {
        await container.GetBlobClient("a").UploadAsync(BinaryData.FromString("x"));

        Assert.True((await container.DeleteBlobIfExistsAsync("a")).Value);
        Assert.False((await container.DeleteBlobIfExistsAsync("a")).Value);
    }

    [Fact]
    public async Task Lease_IsOnesOwnUntilItIsReleased()
    {
        var blob = container.GetBlobClient("lock");
        await blob.UploadAsync(BinaryData.FromString(""));
        var (one, other) = (blob.GetBlobLeaseClient(), blob.GetBlobLeaseClient());
        await one.AcquireAsync(TimeSpan.FromSeconds(15));

        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => other.AcquireAsync(TimeSpan.FromSeconds(15)));
        Assert.Equal((409, "LeaseAlreadyPresent"), (fault.Status, fault.ErrorCode));
        await one.RenewAsync();
        Assert.Equal(412, (await Assert.ThrowsAsync<RequestFailedException>(() => blob.DeleteAsync())).Status);
        await one.ReleaseAsync();
        await other.AcquireAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(409, (await Assert.ThrowsAsync<RequestFailedException>(() => one.RenewAsync())).Status);
    }

    [Fact]
    public async Task Lease_OfNoBlob_SaysBlobNotFound()
    {
        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => container.GetBlobClient("none").GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(15)));

        Assert.Equal((404, "BlobNotFound"), (fault.Status, fault.ErrorCode));
    }
}
