using BulkSms.Cli.Output;
using BulkSms.Client;
using BulkSms.Client.Models;

namespace BulkSms.Cli.Commands;

/// <summary>Waits for a broadcast's end and shows it.</summary>
internal static class Ending
{
    public static async Task<int> FollowAsync(Terminal terminal, BulkSmsClient client, string broadcastId, bool json, CancellationToken cancellation)
    {
        if (await ProgressView.FollowAsync(terminal, client, broadcastId, cancellation) is not { } broadcast)
        {
            return ExitCodes.Interrupted;
        }

        if (json)
        {
            await JsonOutput.WriteAsync(terminal.Raw, broadcast, cancellation);
        }
        else
        {
            BroadcastView.Show(terminal.Output, broadcast);
        }

        if (broadcast.Status == BroadcastStatus.Completed)
        {
            return ExitCodes.Done;
        }

        if (!broadcast.IsFinal)
        {
            terminal.Note($"It waits for a decision: bulksms resume {broadcastId} lets it go on, and bulksms cancel {broadcastId} cancels it.");
        }

        return ExitCodes.Stopped;
    }
}
