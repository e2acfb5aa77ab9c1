using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace BulkSms.LocalHost.Azurite;

/// <summary>A folder of Azurite's data: one Azurite's at a time, since two would overwrite each other's files, and closed to other users of the machine.</summary>
public sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;
    private const string LockName = "localhost.lock";
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);
    private readonly FileStream held;

    private DataFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    public string Path { get; }

    /// <summary>Takes the folder, and makes it where it does not exist.</summary>
    /// <exception cref="SetupException">Another LocalHost has it, or it cannot be written.</exception>
    public static async Task<DataFolder> TakeAsync(string path)
    {
        var folder = new DataFolder(path, Lock(path));
        try
        {
            await folder.PredecessorAsync();
            Close(path);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Notes which Azurite has it: when we are killed, that one still writes for a moment.</summary>
    public void Remember(int processId)
    {
        held.SetLength(0);
        held.Write(Encoding.ASCII.GetBytes(processId.ToString(CultureInfo.InvariantCulture)));
        held.Flush();
    }

    public void Dispose() => held.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            Make(path);
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnersFile;
            }

            return new(System.IO.Path.Combine(path, LockName), options);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new SetupException($"{path} cannot be written. Give another folder with --data, or take --storage memory.", e);
        }
        catch (IOException e)
        {
            throw new SetupException($"{path} is in use by another LocalHost, or cannot be made. Stop that one, give another folder with --data, or take --storage memory.", e);
        }
    }

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnersFolder);
        }
    }

    private async Task PredecessorAsync()
    {
        using var reader = new StreamReader(held, leaveOpen: true);
        if (!int.TryParse(await reader.ReadToEndAsync(), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return;
        }

        using var patience = new CancellationTokenSource(EndPatience);
        try
        {
            using var process = Process.GetProcessById(id);
            if (process.ProcessName.StartsWith("node", StringComparison.OrdinalIgnoreCase)) // the id may be another's by now
            {
                await process.WaitForExitAsync(patience.Token);
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // it has ended
        }
        catch (OperationCanceledException e)
        {
            throw new SetupException($"The Azurite with process id {id} still has {Path}. End it, or give another folder with --data.", e);
        }
    }

    // What an earlier version wrote may be open to every user; what Azurite writes from now on is not (start.cjs).
    private static void Close(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(path, OwnersFolder);
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Where(entry => entry.LinkTarget is null))
        {
            entry.UnixFileMode = entry is DirectoryInfo ? OwnersFolder : OwnersFile;
        }
    }
}
