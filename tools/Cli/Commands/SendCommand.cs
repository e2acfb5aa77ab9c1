using BulkSms.Cli.Output;
using BulkSms.Client;
using BulkSms.Client.Models;

namespace BulkSms.Cli.Commands;

/// <summary>Checks, asks, sends, follows.</summary>
internal sealed class SendCommand(CliContext context) : ApiCommand<SendSettings>(context)
{
    private const string NothingSent = "Nothing was sent.";

    protected override async Task<int> RunAsync(BulkSmsClient client, SendSettings settings, CancellationToken cancellation)
    {
        var list = await ListFile.OpenAsync(settings.File, Terminal, cancellation);
        var broadcast = await settings.ToBroadcastAsync(list.File, cancellation);
        if (settings.Test.Length > 0)
        {
            return await TestAsync(client, settings, broadcast, cancellation);
        }

        var mark = await list.MarkAsync(cancellation);
        var preview = await client.Broadcasts.PreviewAsync(broadcast, settings.Row, cancellation);
        if (settings.Preview)
        {
            await ShowAsync(settings, preview, () => CheckPage.Show(Terminal.Output, preview), cancellation);
            return ExitCodes.Done;
        }

        CheckPage.Show(Terminal.Notes, preview);
        if (!await ConfirmAsync(settings.Yes, $"Send {Plain.Many(preview.RecipientsCount ?? 0, "text")}?", NothingSent, cancellation))
        {
            return ExitCodes.NotConfirmed;
        }

        if (await list.MarkAsync(cancellation) != mark)
        {
            Terminal.Note($"{settings.File} has changed since it was checked. {NothingSent}");
            return ExitCodes.Refused;
        }

        return await CreateAsync(client, settings, broadcast, cancellation);
    }

    private async Task<int> CreateAsync(BulkSmsClient client, SendSettings settings, NewBroadcast broadcast, CancellationToken cancellation)
    {
        var key = settings.Key ?? BulkSmsClient.NewKey();
        AcceptedBroadcast accepted;
        try
        {
            accepted = await client.Broadcasts.CreateAsync(broadcast, key, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Terminal.Note($"You have stopped before the answer came: it may have been accepted. Run the same command with --key {key}: nothing is sent twice.");
            return ExitCodes.Interrupted;
        }

        var id = accepted.BroadcastId!;
        Terminal.Note($"{(accepted.IsReplayed ? "It was accepted before under this key" : "Accepted")}: broadcast {id}, {Plain.Many(accepted.RecipientsCount ?? 0, "recipient")}.");
        if (accepted.Status is AcceptedBroadcast_status.AwaitingApproval)
        {
            Terminal.Note("Another caller has to approve it. Nothing is sent before.");
        }

        if (settings.NoWait || accepted.Status is AcceptedBroadcast_status.Scheduled or AcceptedBroadcast_status.AwaitingApproval)
        {
            await ShowAsync(settings, accepted, () => Terminal.Say($"bulksms status {id}"), cancellation);
            return ExitCodes.Done;
        }

        return await Ending.FollowAsync(Terminal, client, id, settings.Json, cancellation);
    }

    private async Task<int> TestAsync(BulkSmsClient client, SendSettings settings, NewBroadcast broadcast, CancellationToken cancellation)
    {
        if (!await ConfirmAsync(settings.Yes, null, NothingSent, cancellation)) // the number that is named is the answer
        {
            return ExitCodes.NotConfirmed;
        }

        foreach (var number in settings.Test)
        {
            var test = await client.Broadcasts.TestAsync(broadcast, number, settings.Row, settings.Test.Length == 1 ? settings.Key : null, cancellation);
            await ShowAsync(settings, test, () => Terminal.Say($"Test {test.BroadcastId}: {Plain.Line(test.Text)}"), cancellation);
        }

        return ExitCodes.Done;
    }
}
