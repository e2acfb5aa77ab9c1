using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using BulkSms.LocalHost;

namespace BulkSms.Benchmarks.Scenarios.Worker;

/// <summary>A Functions app that is published: BulkSms, as <c>deploy/package.sh</c> does it, for this machine, or another one.</summary>
internal sealed class PublishedApp : IDisposable
{
    private readonly string folder;
    private readonly bool isOurs;

    private PublishedApp(string folder, bool isOurs) => (this.folder, this.isOurs) = (folder, isOurs);

    /// <summary>Its assembly, as it tells the Functions host.</summary>
    public string Assembly => Path.Combine(folder, JsonNode.Parse(File.ReadAllText(Config))!["description"]!["defaultWorkerPath"]!.GetValue<string>());

    private string Config => Path.Combine(folder, "worker.config.json");

    /// <exception cref="SetupException">The folder has no published Functions app.</exception>
    public void Check()
    {
        if (!File.Exists(Config))
        {
            throw new SetupException($"{folder} has no published Functions app: worker.config.json is missing.");
        }
    }

    /// <summary>Publishes it, unless it is there.</summary>
    /// <param name="folder">Where it is; null: it is not there.</param>
    public static async Task<PublishedApp> GetAsync(string? folder)
    {
        if (folder is not null)
        {
            return new(Path.GetFullPath(folder), isOurs: false);
        }

        var made = new PublishedApp(Directory.CreateTempSubdirectory("bulksms-worker-").FullName, isOurs: true);
        using var publish = Process.Start("dotnet",
        [
            "publish", Path.Combine(Repository.Root, "BulkSms.Functions"), "--configuration", "Release", "--runtime", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false",
            "--output", made.folder, "-p:BulkSmsConsole=false", "--verbosity", "quiet", "--nologo",
        ]);
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? made : throw new InvalidOperationException("The Functions app could not be published.");
    }

    public void Dispose()
    {
        if (isOurs)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
