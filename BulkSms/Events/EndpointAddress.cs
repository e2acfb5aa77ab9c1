using System.Net;
using System.Net.Sockets;
using BulkSms.Outbox;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>Where an endpoint may be: checked when it is made, and again at each connection, with the very address that is connected to.</summary>
public sealed class EndpointAddress(IOptions<EventOptions> options)
{
    /// <summary>Characters of the longest address.</summary>
    public const int Longest = 2000;

    private const string NotPublic = "must be a public address: it is within a private network, or this machine's own";
    private static readonly TimeSpan ResolvingTakes = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with an address that a caller gives; null: nothing.</summary>
    public async Task<string?> FaultOfAsync(string text, CancellationToken cancellation)
    {
        if (FaultOf(text, options.Value.AllowPrivateAddresses, out var url) is { } fault)
        {
            return fault;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(ResolvingTakes);
        try
        {
            return Array.TrueForAll(await ResolveAsync(url!.IdnHost, patience.Token), IsAllowed) ? null : NotPublic;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is SocketException or OperationCanceledException or ArgumentException)
        {
            return "must have a host that can be found: its name has no address";
        }
    }

    /// <summary>What is wrong with an address, as far as can be told without asking for its host; null: nothing.</summary>
    /// <param name="text">The address.</param>
    /// <param name="allowPrivate">Whether it may be http, and within a private network.</param>
    /// <param name="url">The address, if it is one.</param>
    public static string? FaultOf(string text, bool allowPrivate, out Uri? url)
    {
        url = null;
        return text.Length > Longest || !Uri.TryCreate(text, UriKind.Absolute, out url) || url.Host.Length == 0 ? $"must be an address such as https://example.com/hooks, of at most {Longest} characters"
            : url.Scheme != Uri.UriSchemeHttps && !(allowPrivate && url.Scheme == Uri.UriSchemeHttp) ? "must be an https address"
            : url.UserInfo.Length > 0 || url.Fragment.Length > 0 ? "must have neither a user nor a fragment: the signature proves who calls"
            : !allowPrivate && IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var literal) && !PublicAddress.Is(literal) ? NotPublic
            : null;
    }

    /// <summary>Connects to an endpoint, and to nothing that is no public address.</summary>
    /// <exception cref="HttpRequestException">Its name leads to another address by now.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancellation);
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, IsAllowed))
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, PrivateAddress);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>What the exception says when an address is refused.</summary>
    internal const string PrivateAddress = "its name leads to a private address";

    private bool IsAllowed(IPAddress address) => options.Value.AllowPrivateAddresses || PublicAddress.Is(address);

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
}
