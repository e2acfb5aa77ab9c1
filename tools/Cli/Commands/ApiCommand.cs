using BulkSms.Cli.Account;
using BulkSms.Cli.Output;
using BulkSms.Client;
using Microsoft.Kiota.Abstractions.Serialization;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

/// <summary>A command that calls BulkSms: what the app refuses becomes sentences and an exit code.</summary>
internal abstract class ApiCommand<TSettings>(CliContext context) : AsyncCommand<TSettings>
    where TSettings : ApiSettings
{
    protected CliContext Context => context;

    protected Terminal Terminal => context.Terminal;

    protected abstract Task<int> RunAsync(BulkSmsClient client, TSettings settings, CancellationToken cancellation);

    public sealed override async Task<int> ExecuteAsync(CommandContext command, TSettings settings, CancellationToken cancellationToken)
    {
        using var client = Connection.Open(context);
        try
        {
            return await RunAsync(client, settings, cancellationToken);
        }
        catch (BulkSmsException e)
        {
            return await ShowAsync(e, settings);
        }
    }

    /// <summary>The result as JSON, or as it is shown to people.</summary>
    protected async Task ShowAsync<T>(ApiSettings settings, T value, Action show, CancellationToken cancellation)
        where T : IParsable
    {
        if (settings.Json)
        {
            await JsonOutput.WriteAsync(Terminal.Raw, value, cancellation);
        }
        else
        {
            show();
        }
    }

    /// <summary>Whether what follows may be done: it was asked for, or a person says yes.</summary>
    /// <param name="yes">It was asked for.</param>
    /// <param name="question">What a person is asked; null: the command itself is the answer, where a person gives it.</param>
    /// <param name="refused">What is said when it is not done.</param>
    /// <param name="cancellation">Ends the wait for an answer.</param>
    protected async Task<bool> ConfirmAsync(bool yes, string? question, string refused, CancellationToken cancellation)
    {
        if (yes)
        {
            return true;
        }

        if (!Terminal.CanAsk)
        {
            Terminal.Note($"{refused} Without a terminal this needs --yes.");
            return false;
        }

        if (question is null || await Terminal.AskAsync(question, cancellation))
        {
            return true;
        }

        Terminal.Note(refused);
        return false;
    }

    private async Task<int> ShowAsync(BulkSmsException error, ApiSettings settings)
    {
        ProblemView.Show(Terminal, error.Problem);
        if (error is { IdempotencyKey: { } key, Problem.IsTemporary: true })
        {
            Terminal.Note($"Whether it was accepted is not known. Run the same command with --key {key}: nothing is sent twice.");
        }

        if (settings.Json)
        {
            await JsonOutput.WriteAsync(Terminal.Raw, ProblemView.Json(error.Problem), CancellationToken.None);
        }

        return ExitCodes.Of(error.Problem);
    }
}
