using System.Diagnostics;
using System.Runtime.InteropServices;
using BulkSms.LocalHost;

namespace BulkSms.Benchmarks.Scenarios.Worker;

/// <summary>The Functions app, published as <c>deploy/package.sh</c> does it, for this machine.</summary>
internal sealed class PublishedApp : IDisposable
{
    private readonly string folder;
    private readonly bool isOurs;

    private PublishedApp(string folder, bool isOurs) => (this.folder, this.isOurs) = (folder, isOurs);

    /// <summary>Its assembly.</summary>
    public string Assembly => Path.Combine(folder, "BulkSms.Functions.dll");

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
