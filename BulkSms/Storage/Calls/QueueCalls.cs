using System.Buffers.Text;
using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace BulkSms.Storage.Calls;

/// <summary>Puts messages into one queue and deletes them.</summary>
public sealed class QueueCalls
{
    private const int Created = 201;
    private const int NoContent = 204;
    private const int Conflict = 409;
    private readonly HttpPipeline pipeline;
    private readonly string messages;
    private readonly string? signature;
    private readonly Uri put;
    private readonly Uri create;

    internal QueueCalls(HttpPipeline pipeline, string root, string name, string? signature)
    {
        (this.pipeline, this.signature) = (pipeline, signature);
        messages = $"{root}/{name}/messages";
        put = Address("?messagettl=-1");
        create = new(signature is null ? $"{root}/{name}" : $"{root}/{name}?{signature}");
    }

    /// <summary>Makes the queue, unless it is there.</summary>
    /// <exception cref="RequestFailedException">Storage refused it, or did not answer.</exception>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        try
        {
            await SendAsync(RequestMethod.Put, create, null, Created, cancellation, NoContent);
        }
        catch (RequestFailedException e) when (e is { Status: Conflict, ErrorCode: "QueueAlreadyExists" }) // with metadata of its own
        {
            // it is there
        }
    }

    /// <summary>Puts a message that does not expire.</summary>
    /// <param name="body">The body; it is written as Base64.</param>
    /// <param name="hidden">How long it is hidden, in whole seconds; null: not at all.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="RequestFailedException">Storage refused it, or did not answer.</exception>
    public Task PutAsync(BinaryData body, TimeSpan? hidden, CancellationToken cancellation)
    {
        var address = hidden is { } time ? Address(string.Create(CultureInfo.InvariantCulture, $"?messagettl=-1&visibilitytimeout={(long)time.TotalSeconds}")) : put;
        return SendAsync(RequestMethod.Post, address, Envelope(body.ToMemory().Span), Created, cancellation);
    }

    /// <summary>Deletes a message by its last pop receipt.</summary>
    /// <exception cref="RequestFailedException">Storage refused it, or did not answer.</exception>
    public Task DeleteAsync(string id, string popReceipt, CancellationToken cancellation) =>
        SendAsync(RequestMethod.Delete, Address($"/{Uri.EscapeDataString(id)}?popreceipt={Uri.EscapeDataString(popReceipt)}"), null, NoContent, cancellation);

    private static ReadOnlySpan<byte> Begin => "<QueueMessage><MessageText>"u8;

    private static ReadOnlySpan<byte> End => "</MessageText></QueueMessage>"u8;

    private static byte[] Envelope(ReadOnlySpan<byte> body)
    {
        var xml = new byte[Begin.Length + Base64.GetMaxEncodedToUtf8Length(body.Length) + End.Length];
        Begin.CopyTo(xml);
        Base64.EncodeToUtf8(body, xml.AsSpan(Begin.Length), out _, out var written);
        End.CopyTo(xml.AsSpan(Begin.Length + written));
        return xml;
    }

    private Uri Address(string rest) => new(signature is null ? messages + rest : $"{messages}{rest}&{signature}");

    private async Task SendAsync(RequestMethod method, Uri address, byte[]? body, int expected, CancellationToken cancellation, int? orElse = null)
    {
        using var message = pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(address);
        request.Headers.Add("x-ms-version", StorageCalls.ServiceVersion);
        if (body is not null)
        {
            request.Headers.Add("Content-Type", "application/xml");
            request.Content = RequestContent.Create(body);
        }

        await pipeline.SendAsync(message, cancellation);
        if (message.Response.Status != expected && message.Response.Status != orElse)
        {
            throw CallFault.Of(message.Response);
        }
    }
}
