using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using BulkSms.Client.Models;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class PauseSettings : BroadcastSettings
{
    [CommandOption("--reason <TEXT>")]
    [Description("Why; it is shown, and kept in the audit log")]
    public string? Reason { get; init; }
}

internal sealed class PauseCommand(CliContext context) : ApiCommand<PauseSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, PauseSettings settings, CancellationToken cancellation)
    {
        var now = await client.Broadcasts.PauseAsync(settings.Id, settings.Reason, cancellation);
        await ShowAsync(settings, now, () => Terminal.Say(Control.LineOf(now)), cancellation);
        return ExitCodes.Done;
    }
}

internal sealed class ResumeCommand(CliContext context) : ApiCommand<ConfirmedSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, ConfirmedSettings settings, CancellationToken cancellation)
    {
        if (!await ConfirmAsync(settings.Yes, null, "Nothing was sent.", cancellation))
        {
            return ExitCodes.NotConfirmed;
        }

        var now = await client.Broadcasts.ResumeAsync(settings.Id, cancellation);
        await ShowAsync(settings, now, () => Terminal.Say(Control.LineOf(now)), cancellation);
        return ExitCodes.Done;
    }
}

internal sealed class CancelCommand(CliContext context) : ApiCommand<ConfirmedSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, ConfirmedSettings settings, CancellationToken cancellation)
    {
        if (!await ConfirmAsync(settings.Yes, $"Cancel {Plain.Line(settings.Id)} for good?", "Nothing was canceled.", cancellation))
        {
            return ExitCodes.NotConfirmed;
        }

        var now = await client.Broadcasts.CancelAsync(settings.Id, cancellation);
        await ShowAsync(settings, now, () => Terminal.Say(Control.LineOf(now)), cancellation);
        return ExitCodes.Done;
    }
}

internal static class Control
{
    public static string LineOf(ControlledBroadcast broadcast) => $"{broadcast.BroadcastId}: {Plain.Word(broadcast.Status)}";
}
