namespace BulkSms.Cli.Account;

/// <summary>Where BulkSms is and how one signs in; none of it is secret.</summary>
/// <param name="Address">The app.</param>
/// <param name="Secrets">Where the secrets are: <c>keyring</c> (the operating system's) or <c>file</c>.</param>
internal sealed record Login(Uri Address, string Secrets)
{
    /// <summary>How one signs in to Entra ID; null: the function key is enough.</summary>
    public EntraLogin? Entra { get; init; }
}

/// <param name="ClientId">The app registration of this command.</param>
/// <param name="Authority">The tenant, such as <c>https://login.microsoftonline.com/TENANT</c>.</param>
/// <param name="Scope">What is asked for, such as <c>api://bulksms/access_as_user</c>.</param>
internal sealed record EntraLogin(string ClientId, Uri Authority, string Scope);
