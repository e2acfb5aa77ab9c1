using Microsoft.Identity.Client.Extensions.Msal;

namespace BulkSms.Cli.Account;

/// <summary>Secrets in the operating system's own store: Keychain, the Linux keyring, or a file under Windows' data protection.</summary>
internal sealed class KeyringSecrets : ISecretStore
{
    private readonly Storage storage;

    private KeyringSecrets(Storage storage) => this.storage = storage;

    public static KeyringSecrets In(string folder)
    {
        const string Service = "bulksms";
        return new(Storage.Create(new StorageCreationPropertiesBuilder("secrets.bin", folder)
            .WithMacKeyChain(Service, Service)
            .WithLinuxKeyring("org.bulksms.cli", MsalCacheHelper.LinuxKeyRingDefaultCollection, "BulkSms", new("application", Service), new("kind", "login"))
            .Build()));
    }

    /// <summary>The store, or null where the operating system has none that works.</summary>
    public static KeyringSecrets? TryIn(string folder)
    {
        var secrets = In(folder);
        try
        {
            secrets.storage.VerifyPersistence();
            return secrets;
        }
        catch (MsalCachePersistenceException)
        {
            return null;
        }
    }

    public byte[]? Read() => storage.ReadData() is { Length: > 0 } content ? content : null;

    public void Write(byte[] content) => storage.WriteData(content);

    public void Clear() => storage.Clear(ignoreExceptions: false);
}
