namespace BulkSms.Cli.Account;

/// <summary>A file that its owner alone may read: 0600, in a folder of 0700.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Its content; null: there is none.</summary>
    public static byte[]? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None
            ? throw new SignedOutException($"{path} holds secrets, and others may read it. Run chmod 600 {path}, or bulksms login, which writes it anew.")
            : File.ReadAllBytes(path);
    }

    /// <summary>Writes it whole or not at all.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
        }

        var next = $"{path}.{Environment.ProcessId}";
        File.Delete(next); // what a command that died has left may have another mode
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owner;
        }

        using (var file = new FileStream(next, options))
        {
            file.Write(content);
        }

        File.Move(next, path, overwrite: true);
    }
}
