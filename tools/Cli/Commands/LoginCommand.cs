using System.ComponentModel;
using BulkSms.Cli.Account;
using BulkSms.Cli.Output;
using BulkSms.Client;
using Spectre.Console;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class LoginSettings : CommandSettings
{
    [CommandArgument(0, "<URL>")]
    [Description("The address of the app")]
    public required string Url { get; init; }

    [CommandOption("--entra")]
    [Description("Signs in to Entra ID as well, by a code for the browser")]
    public bool Entra { get; init; }

    [CommandOption("--client-id <ID>")]
    [Description("The app registration of this command")]
    public string? ClientId { get; init; }

    [CommandOption("--tenant <TENANT>")]
    [Description("The tenant: its id or domain, or the address of its authority")]
    public string? Tenant { get; init; }

    [CommandOption("--scope <SCOPE>")]
    [Description("What is asked for, such as api://bulksms/access_as_user")]
    public string? Scope { get; init; }

    public override ValidationResult Validate() =>
        Entra && (ClientId is null || Tenant is null || Scope is null) ? ValidationResult.Error("--entra needs --client-id, --tenant and --scope.")
        : !Entra && (ClientId ?? Tenant ?? Scope) is not null ? ValidationResult.Error("--client-id, --tenant and --scope belong to --entra.")
        : base.Validate();

    internal EntraLogin? ToEntra() => Entra
        ? new(ClientId!, new(Tenant!.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? Tenant : $"https://login.microsoftonline.com/{Tenant}"), Scope!)
        : null;
}

/// <summary>Takes the key from a prompt or from standard input, never from an argument, which stays in the shell's history; and stores nothing that the app refuses.</summary>
internal sealed class LoginCommand(CliContext context) : AsyncCommand<LoginSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext command, LoginSettings settings, CancellationToken cancellationToken)
    {
        var (terminal, address) = (context.Terminal, Connection.AddressOf(settings.Url));
        var key = await terminal.ReadSecretAsync("Function key:", cancellationToken);
        if (key.Length == 0 && !settings.Entra)
        {
            terminal.Note("There is no key. Type it in, or give it as the first line of standard input.");
            return ExitCodes.Usage;
        }

        var (entra, tokens) = (settings.ToEntra(), (byte[]?)null);
        Func<CancellationToken, ValueTask<string?>>? token = null;
        if (entra is not null)
        {
            var source = new EntraTokens(entra, null, changed => tokens = changed, context.Entra);
            terminal.Note($"Signed in as {Plain.Line(await source.SignInAsync(message => terminal.Note(Plain.Line(message)), cancellationToken))}.");
            token = source.GetAsync;
        }

        using var client = Connection.Open(context, address, key.Length == 0 ? null : key, token);
        if (await RefusalAsync(client, cancellationToken) is { } refusal)
        {
            ProblemView.Show(terminal, refusal);
            terminal.Note("Nothing was stored.");
            return ExitCodes.Of(refusal);
        }

        var place = new LoginStore(context).Write(address, entra, new(key.Length == 0 ? null : key, tokens));
        terminal.Note($"Stored in {place}. bulksms logout forgets it.");
        if (context.Variable(Connection.UrlVariable) is { Length: > 0 })
        {
            terminal.Note($"{Connection.UrlVariable} is set: it counts instead of what was stored.");
        }

        return ExitCodes.Done;
    }

    // A caller that may only send is signed in, too: it lacks the role to ask.
    private static async Task<Problem?> RefusalAsync(BulkSmsClient client, CancellationToken cancellation)
    {
        try
        {
            await client.Sending.GetAsync(cancellation);
            return null;
        }
        catch (BulkSmsException e)
        {
            return e.Problem is { Status: 403, Json: not null } ? null : e.Problem;
        }
    }
}

internal sealed class LogoutCommand(CliContext context) : AsyncCommand<EmptyCommandSettings>
{
    public override Task<int> ExecuteAsync(CommandContext command, EmptyCommandSettings settings, CancellationToken cancellationToken)
    {
        context.Terminal.Note(new LoginStore(context).Clear() ? "The login is forgotten." : "There was no login.");
        return Task.FromResult(ExitCodes.Done);
    }
}
