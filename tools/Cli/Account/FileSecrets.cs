namespace BulkSms.Cli.Account;

/// <summary>Secrets in a file that its owner alone may read.</summary>
internal sealed class FileSecrets(string folder) : ISecretStore
{
    public const string Name = "secrets.json";
    private readonly string path = Path.Combine(folder, Name);

    public byte[]? Read() => PrivateFile.Read(path);

    public void Write(byte[] content) => PrivateFile.Write(path, content);

    public void Clear() => File.Delete(path);
}
