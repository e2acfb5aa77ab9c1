using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.Infrastructure;

/// <summary>A storage transport that holds the first reading of a queue's length back until it is told to go on.</summary>
public sealed class HeldTransport : HttpPipelineTransport, IDisposable
{
    private readonly HttpClientTransport inner = new();
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the reading was asked for.</summary>
    public Task Reached => reached.Task;

    /// <summary>Makes this the transport of an app.</summary>
    public void Use(WebApplicationBuilder builder) => builder.Services.AddSingleton<HttpPipelineTransport>(this);

    public void Release() => released.TrySetResult();

    public override Request CreateRequest() => inner.CreateRequest();

    public override void Process(HttpMessage message) => inner.Process(message);

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        if (message.Request.Method == RequestMethod.Get && message.Request.Uri.Query.Contains("comp=metadata", StringComparison.Ordinal))
        {
            reached.TrySetResult();
            await released.Task;
        }

        await inner.ProcessAsync(message);
    }

    public void Dispose() => inner.Dispose();
}
