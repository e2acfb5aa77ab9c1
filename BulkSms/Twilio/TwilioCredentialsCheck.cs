using Microsoft.Extensions.Hosting;

namespace BulkSms.Twilio;

/// <summary>
/// Reads the credentials once, before anything else starts: an app that could not send one message stops there and names what is missing.
/// </summary>
public sealed class TwilioCredentialsCheck(TwilioAccounts accounts) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var source in accounts.Sources)
        {
            await source.GetAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
