using System.Net.Sockets;
using BulkSms.Events;
using BulkSms.Outbox;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Events;

/// <summary>An address is checked at the connection, too: a name may lead elsewhere by then.</summary>
public sealed class EventConnectTests
{
    [Theory]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://localhost")]
    [InlineData("http://[::1]")]
    public async Task Connect_ToAPrivateAddress_IsRefusedBeforeAByteIsSent(string host)
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var services = Services(allowsPrivate: false);
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(EventHttpClient.Name);

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync($"{host}:{new Uri(receiver.Url).Port}/", TestContext.Current.CancellationToken));

        Assert.Contains("private address", refused.Message, StringComparison.Ordinal);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Connect_ForDevelopment_Connects()
    {
        await using var services = Services(allowsPrivate: true);
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(EventHttpClient.Name);
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();

        var accepted = listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var stopping = new CancellationTokenSource();
        var call = client.GetAsync($"http://localhost:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}/", stopping.Token);
        using var connection = await accepted;
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static ServiceProvider Services(bool allowsPrivate) => new ServiceCollection()
        .AddSingleton(Options.Create(new EventOptions { AllowPrivateAddresses = allowsPrivate })).AddSingleton<EndpointAddress>().AddEventHttpClient().BuildServiceProvider();
}
