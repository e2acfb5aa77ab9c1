using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using Spectre.Console;
using Spectre.Console.Cli;
using Models = BulkSms.Client.Models;

namespace BulkSms.Cli.Commands;

internal sealed class SendingResumeSettings : ApiSettings
{
    [CommandOption("--profile <NAME>")]
    [Description("Only what this profile sends; without it all sending, and with it each profile")]
    public string? Profile { get; init; }

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

    [CommandOption("--profile <NAME>")]
    [Description("Only what this profile sends; without it all sending")]
    public string? Profile { get; init; }
}

internal sealed class SendingSuspendCommand(CliContext context) : ApiCommand<SendingSuspendSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, SendingSuspendSettings settings, CancellationToken cancellation)
    {
        var sending = await client.Sending.SuspendAsync(settings.Reason, settings.Profile, cancellation);
        await ShowAsync(settings, sending, () => SendingView.Show(Terminal, sending), cancellation);
        return ExitCodes.Done;
    }
}

internal sealed class SendingResumeCommand(CliContext context) : ApiCommand<SendingResumeSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, SendingResumeSettings settings, CancellationToken cancellation)
    {
        if (!await ConfirmAsync(settings.Yes, settings.Profile is { } profile ? $"Let the profile {Plain.Line(profile)} go on?" : "Let all sending go on?", "Sending stays as it is.", cancellation))
        {
            return ExitCodes.NotConfirmed;
        }

        var sending = await client.Sending.ResumeAsync(SendSettings.Time(settings.ReconcileSince), settings.Profile, cancellation);
        await ShowAsync(settings, sending, () => SendingView.Show(Terminal, sending), cancellation);
        return ExitCodes.Done;
    }
}

internal static class SendingView
{
    public static void Show(Terminal terminal, Models.Sending sending)
    {
        terminal.Say($"Sending is {Plain.Word(sending.Status)}{(sending.Since is { } since ? $" since {Plain.Time(since)}" : "")}{(sending.Reason is { } reason ? $": {Plain.Line(reason)}{CodeOf(sending.Code)}" : "")}.");
        if (sending.NextProbeAt is { } probe)
        {
            terminal.Say($"One message finds out at {Plain.Time(probe)} whether it has ended by itself.");
        }

        terminal.Say($"{sending.SegmentsPerSecond:0.##} segments a second, {Terminal.Number(sending.CallsInFlight)} calls in flight, circuit breaker {Plain.Word(sending.CircuitBreaker?.Status)}.");
        if (sending.CircuitBreaker is { Status: Models.CircuitBreaker_status.Open } breaker)
        {
            terminal.Say($"Twilio does not answer since {Plain.Time(breaker.Since)}: {Plain.Line(breaker.Reason)}. The next message tries again at {Plain.Time(breaker.NextProbeAt)}.");
        }

        if (sending.Queue is { } queue)
        {
            terminal.Say($"{Plain.Many(queue.Messages ?? 0, "text")} in the queue{(queue.OldestSince is { } oldest ? $", the oldest since {Plain.Time(oldest)}" : "")}.");
        }

        if (sending.Reconciliation is { FinishedAt: null } reconciliation)
        {
            terminal.Say($"Reconciling since {Plain.Time(reconciliation.Since)}: {Terminal.Number(reconciliation.BroadcastsDone)} of {reconciliation.BroadcastsTotal?.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) ?? "?"} broadcasts.");
        }

        foreach (var profile in sending.Profiles ?? [])
        {
            terminal.Say($"Profile {Plain.Line(profile.Profile)}: {Plain.Word(profile.Status)}{(profile.Reason is { } why ? $" ({Plain.Line(why)}{CodeOf(profile.Code)})" : "")}, {profile.SegmentsPerSecond:0.##} segments a second.");
        }

        foreach (var paused in sending.PausedBroadcasts ?? [])
        {
            terminal.Say($"Paused: {Plain.Line(paused)}");
        }
    }

    // The runbook says by Twilio's code what to do.
    private static string CodeOf(int? code) => code is > 0 ? $", code {code}" : "";
}
