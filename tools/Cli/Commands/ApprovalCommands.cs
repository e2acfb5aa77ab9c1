using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class DecisionSettings : ConfirmedSettings
{
    [CommandOption("--comment <TEXT>")]
    [Description("Why; it is shown, and kept in the audit log")]
    public string? Comment { get; init; }
}

internal sealed class ApproveCommand(CliContext context) : ApiCommand<DecisionSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, DecisionSettings settings, CancellationToken cancellation)
    {
        if (!await ConfirmAsync(settings.Yes, null, "Nothing was approved.", cancellation))
        {
            return ExitCodes.NotConfirmed;
        }

        var now = await client.Broadcasts.ApproveAsync(settings.Id, settings.Comment, cancellation);
        await ShowAsync(settings, now, () => Terminal.Say(Control.LineOf(now)), cancellation);
        return ExitCodes.Done;
    }
}

internal sealed class RejectCommand(CliContext context) : ApiCommand<DecisionSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, DecisionSettings settings, CancellationToken cancellation)
    {
        if (!await ConfirmAsync(settings.Yes, $"Reject {Plain.Line(settings.Id)} for good?", "Nothing was rejected.", cancellation))
        {
            return ExitCodes.NotConfirmed;
        }

        var now = await client.Broadcasts.RejectAsync(settings.Id, settings.Comment, cancellation);
        await ShowAsync(settings, now, () => Terminal.Say(Control.LineOf(now)), cancellation);
        return ExitCodes.Done;
    }
}
