using Azure.Core.Pipeline;
using BulkSms.LocalHost.Azurite;
using BulkSms.MemoryStorage;

namespace BulkSms.LocalHost;

/// <summary>
/// A storage account of this LocalHost alone: a process on free ports, or memory. It never looks for one that is running already: another app behind that
/// would send this one's messages, through another account.
/// </summary>
public sealed class LocalStorage : IAsyncDisposable
{
    private readonly AzuriteProcess? azurite;
    private readonly DataFolder? folder;
    private readonly MemoryTransport? memory;

    private LocalStorage(AzuriteProcess azurite, DataFolder? folder) => (this.azurite, this.folder) = (azurite, folder);

    private LocalStorage() => memory = new(new MemoryAccount(TimeProvider.System), TimeSpan.Zero, TimeProvider.System);

    public string ConnectionString => azurite?.ConnectionString() ?? MemoryTransport.ConnectionString;

    /// <summary>Where it is, for people.</summary>
    public string Place => azurite is null ? "in memory, gone at the end" : $"Azurite, {folder?.Path ?? "in memory"}";

    /// <summary>Starts it.</summary>
    /// <param name="kind">Azurite or memory; null: Azurite, or memory where Node.js is missing.</param>
    /// <param name="data">The folder of Azurite's data; null: Azurite keeps nothing.</param>
    /// <param name="say">Told, in a line, when something takes a while or is not as usual.</param>
    /// <param name="installer">What finds and installs Azurite; null: this repository's.</param>
    /// <exception cref="SetupException">What this machine lacks, in one line.</exception>
    public static async Task<LocalStorage> StartAsync(StorageKind? kind, string? data, Action<string> say, AzuriteInstaller? installer = null)
    {
        if (kind == StorageKind.Memory)
        {
            return new();
        }

        try
        {
            return await StartAzuriteAsync(data, say, installer ?? AzuriteInstaller.OfRepository);
        }
        catch (NodeMissingException e) when (kind is null)
        {
            say($"{e.Message} Storage is in memory instead, and gone at the end.");
            return new();
        }
    }

    /// <summary>What an app needs besides the connection string to reach it.</summary>
    public void Use(IServiceCollection services)
    {
        if (memory is not null)
        {
            services.AddSingleton<HttpPipelineTransport>(memory);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (azurite?.DisposeAsync() ?? default);
        folder?.Dispose();
        memory?.Dispose();
    }

    private static async Task<LocalStorage> StartAzuriteAsync(string? data, Action<string> say, AzuriteInstaller installer)
    {
        var folder = data is null ? null : await DataFolder.TakeAsync(data);
        try
        {
            var azurite = await AzuriteProcess.StartAsync(AzuriteOptions.InMemory with { Location = folder?.Path }, say, installer);
            folder?.Remember(azurite.ProcessId);
            return new(azurite, folder);
        }
        catch
        {
            folder?.Dispose();
            throw;
        }
    }
}
