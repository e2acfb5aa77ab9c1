using BulkSms.OptOuts;
using BulkSms.Security;

namespace BulkSms.LocalHost;

/// <summary>
/// What takes long when the app starts and needs nothing of the rest: what answers is constructed, and storage is asked for the first time, while the host is made. The app listens when it
/// is done. What fails stops the start.
/// </summary>
public sealed class EarlyWork(ApiEndpointTable endpoints, IServiceProvider services) : IHostedService
{
    private Task done = Task.CompletedTask;

    /// <summary>Does it at once, or, for an app that is started next, begins on another thread.</summary>
    /// <param name="isStarting">Whether it is started next.</param>
    public void Begin(bool isStarting)
    {
        if (isStarting)
        {
            done = Task.Run(() =>
            {
                endpoints.Construct();
                _ = services.GetRequiredService<HashKeysCheck>().BeginAsync(CancellationToken.None); // it is waited for, and its outcome looked at, when the app starts
            });
            return;
        }

        endpoints.Construct();
    }

    /// <summary>Waits until it is done: the server, which is started last, comes after this.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => done.WaitAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
