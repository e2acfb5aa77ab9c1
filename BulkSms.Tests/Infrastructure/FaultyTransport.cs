using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using BulkSms.Chaos.Storage;

namespace BulkSms.Tests.Infrastructure;

/// <summary>Breaks calls to storage as a test says, before they are made or after; between the app and storage that is in this process.</summary>
public sealed class FaultyTransport(HttpPipelineTransport inner) : HttpPipelineTransport
{
    /// <summary>What becomes of a call. It must be safe for many threads.</summary>
    public Func<StorageCall, StorageFaultKind> Decide { get; set; } = _ => StorageFaultKind.None;

    public override Request CreateRequest() => inner.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("Storage is called asynchronously only.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var fault = Decide(await CallOfAsync(message));
        if (fault is not StorageFaultKind.CutBefore)
        {
            await inner.ProcessAsync(message);
        }

        if (fault is StorageFaultKind.CutBefore or StorageFaultKind.ApplyThenCut)
        {
            throw new RequestFailedException(0, "The connection broke.", new IOException());
        }
    }

    private static async Task<StorageCall> CallOfAsync(HttpMessage message)
    {
        using var body = new MemoryStream();
        if (message.Request.Content is { } content)
        {
            await content.WriteToAsync(body, message.CancellationToken);
        }

        var (address, request) = (message.Request.Uri.ToUri(), message.Request);
        request.Headers.TryGetValue("If-Match", out var ifMatch);
        return StorageCall.Of(request.Method.Method, Uri.UnescapeDataString(address.AbsolutePath), address.Query, ifMatch ?? "", System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}
