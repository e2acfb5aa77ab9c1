using System.Security.Cryptography;
using BulkSms.Client;

namespace BulkSms.Cli.Commands;

/// <summary>The list of a command. What is sent must be what was checked: it is told when the file has changed in between.</summary>
internal sealed class ListFile
{
    private readonly Func<Stream> open;

    private ListFile(RecipientFile file, Func<Stream> open) => (File, this.open) = (file, open);

    public RecipientFile File { get; }

    public static async Task<ListFile> OpenAsync(string path, Terminal terminal, CancellationToken cancellation)
    {
        if (path != CommandLine.StandardStream)
        {
            return new(RecipientFile.FromPath(path), () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read));
        }

        using var bytes = new MemoryStream();
        await terminal.Input.CopyToAsync(bytes, cancellation);
        var content = bytes.ToArray();
        return new(RecipientFile.FromBytes(content, "stdin"), () => new MemoryStream(content, writable: false));
    }

    /// <summary>Stands for its content.</summary>
    public async Task<string> MarkAsync(CancellationToken cancellation)
    {
        await using var content = open();
        return Convert.ToHexString(await SHA256.HashDataAsync(content, cancellation));
    }
}
