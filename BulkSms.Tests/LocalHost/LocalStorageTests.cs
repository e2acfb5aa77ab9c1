using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BulkSms.Chaos.Hosts;
using BulkSms.LocalHost;
using BulkSms.LocalHost.Azurite;
using BulkSms.LocalHost.Demo;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.LocalHost;

/// <summary>LocalHost's storage is its own: no other app's, and no other person's.</summary>
public sealed class LocalStorageTests : IDisposable
{
    private static readonly int[] WellKnownPorts = [10000, 10001, 10002];
    private readonly string folder = Directory.CreateTempSubdirectory("bulksms-data-").FullName;
    private readonly List<string> said = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Start_WhileSomethingListensOnAzuritesPorts_LeavesItAlone()
    {
        var calls = 0;
        using var stopping = new CancellationTokenSource();
        var listeners = WellKnownPorts.Select(port => new TcpListener(IPAddress.Loopback, port)).Where(TryStart).ToArray();
        _ = Task.WhenAll(listeners.Select(async listener =>
        {
            using var call = await listener.AcceptTcpClientAsync(stopping.Token);
            Interlocked.Increment(ref calls);
        }));

        await using var storage = await LocalStorage.StartAsync(StorageKind.Azurite, null, said.Add);
        await new QueueClient(storage.ConnectionString, "a-queue").CreateAsync();

        Assert.All(WellKnownPorts, port => Assert.DoesNotContain($":{port}/", storage.ConnectionString, StringComparison.Ordinal));
        Assert.Equal(0, calls);
        await stopping.CancelAsync();
        Array.ForEach(listeners, listener => listener.Dispose());
    }

    [Fact]
    public async Task Start_OnAFolder_FindsWhatWasThere()
    {
        await using (var first = await LocalStorage.StartAsync(StorageKind.Azurite, folder, said.Add))
        {
            await new TableClient(first.ConnectionString, "Kept").CreateAsync();
        }

        await using var second = await LocalStorage.StartAsync(StorageKind.Azurite, folder, said.Add);

        Assert.Equal("Kept", Assert.Single(new TableServiceClient(second.ConnectionString).Query()).Name);
    }

    [Fact]
    public async Task Start_OnAFolderThatAnotherOneHas_SaysSo()
    {
        await using var first = await LocalStorage.StartAsync(StorageKind.Azurite, folder, said.Add);

        var refused = await Assert.ThrowsAsync<SetupException>(() => LocalStorage.StartAsync(null, folder, said.Add));

        Assert.Contains("in use by another LocalHost", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_WhileItServes_LosesNothingThatWasAnswered()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [LocalHostApp.KeySetting] = HostProcess.Key, [ServeRun.EndsWithInputSetting] = "true", ["Logging:LogLevel:Default"] = "None", ["AzureWebJobsStorage"] = "",
        };
        await using var host = new HostProcess(settings, FreePorts.Take(1)[0], "--data", folder);
        await host.StartAsync();
        using var posted = await host.Http.PostAsJsonAsync("/api/v1/broadcasts", new { message = "Hello", recipients = TestApp.Numbers(3) });
        posted.EnsureSuccessStatusCode();

        await host.RestartAsync();

        using var found = await host.Http.GetAsync(posted.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }

    [Fact]
    public async Task Files_OfData_AreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        var old = Path.Combine(folder, "written by an earlier version");
        await File.WriteAllTextAsync(old, "");
        File.SetUnixFileMode(old, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await using (var storage = await LocalStorage.StartAsync(StorageKind.Azurite, folder, said.Add))
        {
            await new TableClient(storage.ConnectionString, "Some").CreateAsync();
            var queue = new QueueClient(storage.ConnectionString, "a-queue");
            await queue.CreateAsync();
            await queue.SendMessageAsync("a message");
            var blobs = new BlobContainerClient(storage.ConnectionString, "a-container");
            await blobs.CreateAsync();
            await blobs.UploadBlobAsync("a-blob", BinaryData.FromString("content"));
        }

        var entries = new DirectoryInfo(folder).GetFileSystemInfos("*", SearchOption.AllDirectories);
        Assert.Contains(entries, entry => entry.Name.StartsWith("__azurite_db_table", StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry.Name == Path.GetFileName(old));
        Assert.All(entries, entry => Assert.Equal(UnixFileMode.None, entry.UnixFileMode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)));
        Assert.All(entries.OfType<FileInfo>(), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
    }

    [Fact]
    public async Task Start_WithoutNode_TakesMemoryAndSaysSo()
    {
        await using var storage = await LocalStorage.StartAsync(null, null, said.Add, WithoutNode());

        Assert.Equal("in memory, gone at the end", storage.Place);
        Assert.Contains("Storage is in memory instead", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AzuriteWithoutNode_SaysWhatIsMissing()
    {
        var missing = await Assert.ThrowsAsync<NodeMissingException>(() => LocalStorage.StartAsync(StorageKind.Azurite, null, said.Add, WithoutNode()));

        Assert.Contains("npm is not on the PATH", missing.Message, StringComparison.Ordinal);
        Assert.Contains("--storage memory", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_OnMemory_EndsWell() => Assert.Equal(0, await DemoRun.RunAsync(StorageKind.Memory));

    [Fact]
    public async Task Serve_OnMemoryWithoutNode_Sends()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [LocalHostApp.KeySetting] = HostProcess.Key, [ServeRun.EndsWithInputSetting] = "true", ["Logging:LogLevel:Default"] = "None",
            ["AzureWebJobsStorage"] = "", ["PATH"] = Path.GetDirectoryName(Environment.ProcessPath) is { } own ? $"{folder}{Path.PathSeparator}{own}" : folder,
        };
        await using var host = new HostProcess(settings, FreePorts.Take(1)[0], "--storage", "memory");
        await host.StartAsync();

        using var posted = await host.Http.PostAsJsonAsync("/api/v1/broadcasts", new { message = "Hello", recipients = TestApp.Numbers(3) });
        posted.EnsureSuccessStatusCode();
        await Eventually.GetAsync(
            async () => await host.Http.GetStringAsync(posted.Headers.Location), view => view.Contains("\"status\":\"completed\"", StringComparison.Ordinal));
    }

    private AzuriteInstaller WithoutNode() => new(folder, folder);

    private static bool TryStart(TcpListener listener)
    {
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false; // another Azurite, perhaps
        }
    }
}
