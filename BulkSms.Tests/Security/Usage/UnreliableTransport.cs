using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace BulkSms.Tests.Security.Usage;

/// <summary>
/// Calls that overtake each other and, as chance wants, are lost before they are made, after they were made, or are made later than their caller believes.
/// </summary>
/// <param name="inner">Makes them.</param>
/// <param name="chance">It is asked under a lock.</param>
/// <param name="faulty">Which part of the calls fails.</param>
internal sealed class UnreliableTransport(HttpPipelineTransport inner, Random chance, double faulty) : HttpPipelineTransport
{
    private const int MostTurns = 4;
    private const int LateTurns = 12;
    private readonly List<Task> late = [];
    private int broken;

    /// <summary>Calls of which the caller does not know whether they were made.</summary>
    public int Broken => broken;

    /// <summary>Until all that comes late has come.</summary>
    public Task LateAsync()
    {
        lock (chance)
        {
            return Task.WhenAll(late);
        }
    }

    public override Request CreateRequest() => inner.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("Storage is called asynchronously only.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        await TurnsAsync(Next(MostTurns));
        var kind = NextDouble() < faulty ? Next(3) : -1;
        if (kind == 0)
        {
            await inner.ProcessAsync(message);
        }

        if (kind == 1)
        {
            var copy = await CopyAsync(message);
            lock (chance)
            {
                late.Add(LaterAsync(copy, chance.Next(LateTurns)));
            }
        }

        if (kind >= 0)
        {
            Interlocked.Increment(ref broken);
            throw new RequestFailedException(0, "The connection broke.", new IOException());
        }

        await inner.ProcessAsync(message);
        await TurnsAsync(Next(MostTurns));
    }

    private async Task LaterAsync(HttpMessage message, int turns)
    {
        await TurnsAsync(turns);
        await inner.ProcessAsync(message);
    }

    private async Task<HttpMessage> CopyAsync(HttpMessage message)
    {
        var copy = inner.CreateRequest();
        copy.Method = message.Request.Method;
        copy.Uri.Reset(message.Request.Uri.ToUri());
        foreach (var header in message.Request.Headers)
        {
            copy.Headers.Add(header);
        }

        if (message.Request.Content is { } content)
        {
            using var body = new MemoryStream();
            await content.WriteToAsync(body, default);
            copy.Content = RequestContent.Create(body.ToArray());
        }

        return new(copy, new ResponseClassifier());
    }

    private int Next(int most)
    {
        lock (chance)
        {
            return chance.Next(most);
        }
    }

    private double NextDouble()
    {
        lock (chance)
        {
            return chance.NextDouble();
        }
    }

    // Others go on meanwhile.
    private static async Task TurnsAsync(int turns)
    {
        for (var i = 0; i < turns; i++)
        {
            await Task.Yield();
        }
    }
}
