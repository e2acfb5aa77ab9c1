using BulkSms.TwilioSimulator;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Simulator;

/// <summary>A simulator of one's own for every test.</summary>
public abstract class SimulatorTests : IAsyncLifetime
{
    protected const string Ada = "+15550001111";
    protected const string Bob = "+15550002222";

    private protected TwilioServer Server { get; private set; } = null!;

    private protected TwilioClient Client { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await TwilioServer.StartAsync(Options(), Cancellation);
        Server.Faults.CallbackDelay = TimeSpan.FromMilliseconds(1);
        Client = new TwilioClient(Server);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual TwilioSimulatorOptions Options() => new();

    /// <summary>The server works on other threads; give them theirs without a clock.</summary>
    private protected static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

/// <summary>Time moves only when the test says so.</summary>
public abstract class FrozenSimulatorTests : SimulatorTests
{
    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 10, 23, 59, 30, TimeSpan.Zero));

    private protected override TwilioSimulatorOptions Options() => new() { Time = Clock };

    /// <summary>Far enough for every status of what was created.</summary>
    private protected void Deliver()
    {
        for (var status = 0; status < 5; status++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(2));
        }
    }
}
