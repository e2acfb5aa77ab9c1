using Microsoft.Extensions.Hosting;

namespace BulkSms.Security;

/// <summary>Reads the credentials once at start: an app that could not send one message stops there and names what is missing.</summary>
public sealed class TwilioCredentialsCheck(TwilioCredentialsSource credentials) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) => await credentials.GetAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
