using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using Spectre.Console;
using Spectre.Console.Cli;
using Models = BulkSms.Client.Models;

namespace BulkSms.Cli.Commands;

internal sealed class SendingResumeSettings : ApiSettings
{
    [CommandOption("--reconcile-since <TIME>")]
    [Description("After storage was restored to this time: reconciles what waits with Twilio first")]
    public string? ReconcileSince { get; init; }

    [CommandOption("-y|--yes")]
    [Description("Does not ask. Without a terminal nothing is sent unless this is given")]
    public bool Yes { get; init; }

    public override ValidationResult Validate() => ReconcileSince is null || SendSettings.Time(ReconcileSince) is not null
        ? base.Validate()
        : ValidationResult.Error("--reconcile-since is a time with its offset, such as 2030-01-07T09:00:00+01:00.");
}

internal sealed class SendingShowCommand(CliContext context) : ApiCommand<ApiSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, ApiSettings settings, CancellationToken cancellation)
    {
        var sending = await client.Sending.GetAsync(cancellation);
        await ShowAsync(settings, sending, () => SendingView.Show(Terminal, sending), cancellation);
        return ExitCodes.Done;
    }
}

internal sealed class SendingSuspendSettings : ApiSettings
{
    [CommandOption("--reason <TEXT>")]
    [Description("Why; it is shown, and kept in the audit log")]
    public string? Reason { get; init; }
}

internal sealed class SendingSuspendCommand(CliContext context) : ApiCommand<SendingSuspendSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, SendingSuspendSettings settings, CancellationToken cancellation)
    {
        var sending = await client.Sending.SuspendAsync(settings.Reason, cancellation);
        await ShowAsync(settings, sending, () => SendingView.Show(Terminal, sending), cancellation);
        return ExitCodes.Done;
    }
}

internal sealed class SendingResumeCommand(CliContext context) : ApiCommand<SendingResumeSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, SendingResumeSettings settings, CancellationToken cancellation)
    {
        if (!await ConfirmAsync(settings.Yes, "Let all sending go on?", "Sending stays as it is.", cancellation))
        {
            return ExitCodes.NotConfirmed;
        }

        var sending = await client.Sending.ResumeAsync(SendSettings.Time(settings.ReconcileSince), cancellation);
        await ShowAsync(settings, sending, () => SendingView.Show(Terminal, sending), cancellation);
        return ExitCodes.Done;
    }
}

internal static class SendingView
{
    public static void Show(Terminal terminal, Models.Sending sending)
    {
        terminal.Say($"Sending is {Plain.Word(sending.Status)}{(sending.Since is { } since ? $" since {Plain.Time(since)}" : "")}{(sending.Reason is { } reason ? $": {Plain.Line(reason)}" : "")}.");
        terminal.Say($"{sending.SegmentsPerSecond:0.##} segments a second, {Terminal.Number(sending.CallsInFlight)} calls in flight, circuit breaker {Plain.Word(sending.CircuitBreaker?.Status)}.");
        if (sending.Reconciliation is { FinishedAt: null } reconciliation)
        {
            terminal.Say($"Reconciling since {Plain.Time(reconciliation.Since)}: {Terminal.Number(reconciliation.BroadcastsDone)} of {reconciliation.BroadcastsTotal?.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) ?? "?"} broadcasts.");
        }

        foreach (var paused in sending.PausedBroadcasts ?? [])
        {
            terminal.Say($"Paused: {Plain.Line(paused)}");
        }
    }
}
