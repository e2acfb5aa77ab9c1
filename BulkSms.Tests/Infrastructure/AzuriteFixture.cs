using System.Globalization;
using BulkSms.LocalHost.Azurite;
using BulkSms.Tests.Infrastructure;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace BulkSms.Tests.Infrastructure;

/// <summary>One Azurite for the whole run, in memory. Each app under test gets a storage account of its own, so all run in parallel.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const int Accounts = 400;
    private AzuriteProcess? azurite;
    private int taken;

    public async ValueTask InitializeAsync() =>
        azurite = await AzuriteProcess.StartAsync(AzuriteOptions.InMemory with { Accounts = [.. Enumerable.Range(0, Accounts).Select(Name)] }, _ => { });

    public string NewAccount() => azurite!.ConnectionString(Name(Interlocked.Increment(ref taken) - 1));

    public async ValueTask DisposeAsync()
    {
        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"account{number:000}");
}
