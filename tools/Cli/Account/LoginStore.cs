using System.Text.Json;

namespace BulkSms.Cli.Account;

/// <summary>The stored login: its address in <c>login.json</c>, its secrets in the operating system's store or in a file of mode 0600.</summary>
internal sealed class LoginStore(CliContext context)
{
    private const string FolderVariable = "BULKSMS_CONFIG";
    private const string KeyringVariable = "BULKSMS_KEYRING";
    private const string Keyring = "keyring";

    private readonly string folder = context.Variable(FolderVariable) is { Length: > 0 } given
        ? given
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "bulksms");

    private string LoginPath => Path.Combine(folder, "login.json");

    /// <summary>The login; null: there is none.</summary>
    public Login? Read()
    {
        try
        {
            return File.Exists(LoginPath) ? JsonSerializer.Deserialize(File.ReadAllBytes(LoginPath), CliJson.Default.Login) : null;
        }
        catch (JsonException)
        {
            throw new SignedOutException($"{LoginPath} cannot be read. Run bulksms login.");
        }
    }

    public Secrets ReadSecrets(Login login) => StoreOf(login).Read() is { } content ? JsonSerializer.Deserialize(content, CliJson.Default.Secrets)! : new(null, null);

    /// <summary>Stores a login in place of the one before.</summary>
    /// <returns>In words where the secrets are.</returns>
    public string Write(Uri address, EntraLogin? entra, Secrets secrets)
    {
        Clear();
        ISecretStore? keyring = context.Variable(KeyringVariable) == "off" ? null : KeyringSecrets.TryIn(folder);
        var login = new Login(address, keyring is null ? "file" : Keyring) { Entra = entra };
        WriteSecrets(login, secrets);
        PrivateFile.Write(LoginPath, JsonSerializer.SerializeToUtf8Bytes(login, CliJson.Default.Login));
        return keyring is null ? Path.Combine(folder, FileSecrets.Name) : "the operating system's store for secrets";
    }

    public void WriteSecrets(Login login, Secrets secrets) => StoreOf(login).Write(JsonSerializer.SerializeToUtf8Bytes(secrets, CliJson.Default.Secrets));

    /// <summary>Forgets the login.</summary>
    /// <returns>False: there was none.</returns>
    public bool Clear()
    {
        if (Read() is not { } login)
        {
            return false;
        }

        StoreOf(login).Clear();
        File.Delete(LoginPath);
        return true;
    }

    private ISecretStore StoreOf(Login login) => login.Secrets == Keyring ? KeyringSecrets.In(folder) : new FileSecrets(folder);
}
