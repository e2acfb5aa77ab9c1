using System.Collections.Concurrent;
using System.Globalization;

namespace BulkSms.MemoryStorage.Blobs;

/// <summary>The blob service, for block blobs.</summary>
internal sealed class BlobService(TimeProvider time)
{
    private static readonly TimeSpan Endless = TimeSpan.FromDays(36_500);
    private readonly ConcurrentDictionary<string, MemoryContainer> containers = new(StringComparer.Ordinal);

    public StorageReply Handle(StorageCall call)
    {
        var path = call.Path.Split('/', 2);
        if (path.Length == 1 && call.Method == "PUT")
        {
            return containers.TryAdd(path[0], new(time))
                ? WithTime(new("blob create", 201), "\"0\"", time.GetUtcNow())
                : StorageReply.Error("blob create", 409, "ContainerAlreadyExists");
        }

        if (!containers.TryGetValue(path[0], out var container))
        {
            return StorageReply.Error("blob other", 404, "ContainerNotFound");
        }

        if (path.Length == 1)
        {
            return call.Query("comp") == "list"
                ? new StorageReply("blob list", 200).WithXml(BlobXml.Write(path[0], container.List(call.Query("prefix") ?? "")))
                : WithTime(new("blob properties", 200), "\"0\"", time.GetUtcNow());
        }

        lock (container.Lock)
        {
            return Handle(container, path[1], call);
        }
    }

    private static StorageReply Handle(MemoryContainer container, string name, StorageCall call) => (call.Method, call.Query("comp")) switch
    {
        ("PUT", null) => Put(container, name, call),
        ("PUT", "block") => Stage(container, name, call),
        ("PUT", "blocklist") => Commit(container, name, call),
        ("PUT", "lease") => Lease(container, name, call),
        ("GET" or "HEAD", null) => Read(container, name, call),
        ("DELETE", null) => Delete(container, name, call),
        _ => StorageReply.Error("blob other", 405, "UnsupportedHttpVerb"),
    };

    private static StorageReply Put(MemoryContainer container, string name, StorageCall call)
    {
        var blob = container.Find(name);
        if (RefuseWrite(blob, call) is var (status, code))
        {
            return StorageReply.Error("blob write", status, code);
        }

        blob = container.FindOrAdd(name);
        blob.Put(call.Body.ToArray(), container.NextETag());
        return WithTime(new("blob write", 201), blob.ETag, blob.Written);
    }

    private static StorageReply Stage(MemoryContainer container, string name, StorageCall call)
    {
        container.FindOrAdd(name).Stage(call.Query("blockid")!, call.Body.ToArray());
        return new("blob write", 201);
    }

    private static StorageReply Commit(MemoryContainer container, string name, StorageCall call)
    {
        var blob = container.Find(name);
        if (RefuseWrite(blob, call) is var (status, code))
        {
            return StorageReply.Error("blob write", status, code);
        }

        blob = container.FindOrAdd(name);
        return blob.TryCommit(BlobXml.ReadBlocks(call.Body.Span), container.NextETag())
            ? WithTime(new("blob write", 201), blob.ETag, blob.Written)
            : StorageReply.Error("blob write", 400, "InvalidBlockList");
    }

    private static StorageReply Lease(MemoryContainer container, string name, StorageCall call)
    {
        if (container.Find(name) is not { } blob)
        {
            return StorageReply.Error("blob lease", 404, "BlobNotFound");
        }

        var action = call.Header("x-ms-lease-action")!;
        var id = action == "acquire" ? call.Header("x-ms-proposed-lease-id") ?? Guid.NewGuid().ToString() : call.Header("x-ms-lease-id")!;
        var seconds = int.Parse(call.Header("x-ms-lease-duration") ?? "60", CultureInfo.InvariantCulture);
        return blob.ChangeLease(action, id, seconds < 0 ? Endless : TimeSpan.FromSeconds(seconds)) is { } code
            ? StorageReply.Error("blob lease", 409, code)
            : WithTime(new StorageReply("blob lease", action == "acquire" ? 201 : 200).With("x-ms-lease-id", id), blob.ETag, blob.Written);
    }

    private static StorageReply Read(MemoryContainer container, string name, StorageCall call)
    {
        if (container.Find(name) is not { } blob)
        {
            return StorageReply.Error("blob read", 404, "BlobNotFound");
        }

        if (call.Header("If-Match") is { } etag && etag != blob.ETag)
        {
            return StorageReply.Error("blob read", 412, "ConditionNotMet");
        }

        var reply = WithTime(new StorageReply("blob read", 200), blob.ETag, blob.Written).With("x-ms-blob-type", "BlockBlob").With("Accept-Ranges", "bytes");
        if (call.Method == "HEAD")
        {
            return reply.With("Content-Length", blob.Content.Length).With("Content-Type", "application/octet-stream");
        }

        var content = blob.Content;
        if ((call.Header("x-ms-range") ?? call.Header("Range")) is { } range)
        {
            if (ByteRange.Of(range, content.Length) is not var (start, end))
            {
                return StorageReply.Error("blob read", 416, "InvalidRange");
            }

            reply = WithTime(new StorageReply("blob read", 206), blob.ETag, blob.Written).With("x-ms-blob-type", "BlockBlob")
                .With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{end - 1}/{content.Length}"));
            content = content[start..end];
        }

        return reply.With("Content-Length", content.Length).WithBody(content, "application/octet-stream");
    }

    private static StorageReply Delete(MemoryContainer container, string name, StorageCall call)
    {
        var blob = container.Find(name);
        if (blob is null)
        {
            return StorageReply.Error("blob delete", 404, "BlobNotFound");
        }

        if (RefuseWrite(blob, call) is var (status, code))
        {
            return StorageReply.Error("blob delete", status, code);
        }

        container.Remove(name);
        return new("blob delete", 202);
    }

    private static (int Status, string Code)? RefuseWrite(MemoryBlob? blob, StorageCall call) =>
        call.Header("If-None-Match") == "*" && blob is not null ? (409, "BlobAlreadyExists")
        : call.Header("If-Match") is { } etag && etag != blob?.ETag ? (412, "ConditionNotMet")
        : blob?.Lease is { } lease && call.Header("x-ms-lease-id") != lease ? (412, call.Header("x-ms-lease-id") is null ? "LeaseIdMissing" : "LeaseIdMismatchWithBlobOperation")
        : null;

    private static StorageReply WithTime(StorageReply reply, string etag, DateTimeOffset written) =>
        reply.With("ETag", etag).With("Last-Modified", written.ToString("R", CultureInfo.InvariantCulture));
}
