using System.Globalization;
using BulkSms.LocalHost.Azurite;
using BulkSms.Tests.Infrastructure;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace BulkSms.Tests.Infrastructure;

/// <summary>
/// Azurite for the whole run, in memory. Each app under test gets a storage account of its own, so all run in parallel. There are several, taken in turn:
/// an Azurite has one thread, and keeps what all its accounts left, also those of tests long over, in the same collections, which it searches at each call.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const int Processes = 3;

    /// <summary>Of each process; an environment variable holds their names.</summary>
    private const int Accounts = 100;
    private AzuriteProcess[] azurites = [];
    private int taken;

    public async ValueTask InitializeAsync()
    {
        var options = AzuriteOptions.InMemory with { Accounts = [.. Enumerable.Range(0, Accounts).Select(Name)] };
        azurites = await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => AzuriteProcess.StartAsync(options, _ => { })));
    }

    public string NewAccount()
    {
        var number = Interlocked.Increment(ref taken) - 1;
        Assert.True(number < Processes * Accounts, "There are more tests than storage accounts: raise AzuriteFixture.Accounts.");
        return azurites[number % Processes].ConnectionString(Name(number / Processes));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var azurite in azurites)
        {
            await azurite.DisposeAsync();
        }
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"account{number:000}");
}
