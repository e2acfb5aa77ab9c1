using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace BulkSms.Tests.Infrastructure;

/// <summary>A storage transport that tells which calls were made.</summary>
/// <param name="inner">Makes them.</param>
public sealed class RecordingTransport(HttpPipelineTransport inner) : HttpPipelineTransport
{
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ConcurrentQueue<StoredCall>? calls;
    private long begun;
    private long ended;

    /// <summary>Calls that wait until <see cref="Release"/>.</summary>
    public Func<StoredCall, bool>? Holds { get; set; }

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

    /// <summary>Lets what waits go on, and holds nothing any more.</summary>
    public void Release() => released.SetResult();

    public override Request CreateRequest() => inner.CreateRequest();

    public override void Process(HttpMessage message) => inner.Process(message);

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var call = new StoredCall(message.Request.Method.Method, Uri.UnescapeDataString(message.Request.Uri.ToUri().PathAndQuery));
        calls?.Enqueue(call);
        Interlocked.Increment(ref begun);
        try
        {
            await (Holds?.Invoke(call) == true ? released.Task : Task.CompletedTask);
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
