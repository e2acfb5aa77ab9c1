using BulkSms.MemoryStorage;
using BulkSms.Tests.Infrastructure;

[assembly: AssemblyFixture(typeof(MemoryFixture))]

namespace BulkSms.Tests.Infrastructure;

/// <summary>
/// Storage in memory behind a socket, for the whole run: each app under test gets an account of its own. The contract tests hold it to what Azurite does, and it costs a small part
/// of Azurite's time. Tests of storage itself, and of each way that a message takes through it, use <see cref="AzuriteFixture"/>.
/// </summary>
public sealed class MemoryFixture : IAsyncLifetime
{
    private MemoryStorageServer? server;

    public async ValueTask InitializeAsync() => server = await MemoryStorageServer.StartAsync(TimeSpan.Zero, TimeProvider.System);

    public string NewAccount() => server!.NewAccount();

    public ValueTask DisposeAsync() => server!.DisposeAsync();
}
