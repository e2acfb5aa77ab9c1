namespace BulkSms.Cli.Commands;

/// <summary>A file that is whole or is not there: a download that is cut leaves nothing behind.</summary>
internal static class Download
{
    public static async Task<int> ToAsync(Terminal terminal, string? path, bool force, Func<Stream, Task> write)
    {
        if (path is null or CommandLine.StandardStream)
        {
            await write(terminal.Raw);
            await terminal.Raw.FlushAsync();
            return ExitCodes.Done;
        }

        if (File.Exists(path) && !force)
        {
            terminal.Note($"{path} exists. --force writes over it.");
            return ExitCodes.Usage;
        }

        var part = $"{path}.{Environment.ProcessId}.part";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // it holds phone numbers
            }

            await using (var file = new FileStream(part, options))
            {
                await write(file);
            }

            File.Move(part, path, overwrite: force);
        }
        finally
        {
            File.Delete(part);
        }

        terminal.Note($"Written to {path}.");
        return ExitCodes.Done;
    }
}
