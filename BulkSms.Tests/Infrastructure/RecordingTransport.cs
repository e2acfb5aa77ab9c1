using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace BulkSms.Tests.Infrastructure;

/// <summary>A storage transport that tells which calls were made.</summary>
/// <param name="inner">Makes them.</param>
public sealed class RecordingTransport(HttpPipelineTransport inner) : HttpPipelineTransport
{
    private volatile ConcurrentQueue<StoredCall>? calls;
    private long begun;
    private long ended;

    /// <summary>How many calls were made.</summary>
    public long Begun => Interlocked.Read(ref begun);

    /// <summary>How many of them have ended.</summary>
    public long Ended => Interlocked.Read(ref ended);

    /// <summary>The calls that are made meanwhile.</summary>
    public async Task<IReadOnlyList<StoredCall>> CallsOfAsync(Func<Task> action)
    {
        var recorded = new ConcurrentQueue<StoredCall>();
        calls = recorded;
        await action();
        calls = null;
        return [.. recorded];
    }

    public override Request CreateRequest() => inner.CreateRequest();

    public override void Process(HttpMessage message) => inner.Process(message);

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        calls?.Enqueue(new(message.Request.Method.Method, Uri.UnescapeDataString(message.Request.Uri.ToUri().PathAndQuery)));
        Interlocked.Increment(ref begun);
        try
        {
            await inner.ProcessAsync(message);
        }
        finally
        {
            Interlocked.Increment(ref ended);
        }
    }
}

/// <param name="Method">Its method.</param>
/// <param name="Address">Path and query, decoded.</param>
public sealed record StoredCall(string Method, string Address)
{
    /// <summary>Whether it is to a table, by name.</summary>
    public bool IsTo(string table) => Address.StartsWith($"/table/{table}(", StringComparison.Ordinal) || Address.StartsWith($"/table/{table}?", StringComparison.Ordinal);

    /// <summary>The columns that it asks for; empty: all of them.</summary>
    public IReadOnlyList<string> Columns => Address.Split('?', '&').FirstOrDefault(part => part.StartsWith("$select=", StringComparison.Ordinal))?.Split('=')[1].Split(',') ?? [];
}
