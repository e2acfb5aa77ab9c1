namespace BulkSms.Cli.Account;

/// <summary>Where secrets are kept.</summary>
internal interface ISecretStore
{
    byte[]? Read();

    void Write(byte[] content);

    void Clear();
}
