using BulkSms.Client;
using BulkSms.Client.Models;
using Spectre.Console;

namespace BulkSms.Cli.Output;

/// <summary>Follows a broadcast to its end: a bar where there is a terminal, else a line for each change.</summary>
internal static class ProgressView
{
    /// <returns>The broadcast at its end, or where it waits for a person; null: Ctrl+C was pressed, and the broadcast goes on.</returns>
    public static async Task<Broadcast?> FollowAsync(Terminal terminal, BulkSmsClient client, string broadcastId, CancellationToken cancellation)
    {
        try
        {
            return terminal.CanAsk ? await BarAsync(terminal, client, broadcastId, cancellation) : await LinesAsync(terminal, client, broadcastId, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            terminal.Note($"You have stopped waiting. The broadcast goes on: bulksms status {broadcastId} shows it, and bulksms cancel {broadcastId} cancels it.");
            return null;
        }
    }

    private static Task<Broadcast?> BarAsync(Terminal terminal, BulkSmsClient client, string broadcastId, CancellationToken cancellation) =>
        terminal.Notes.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).StartAsync(async progress =>
        {
            var bar = progress.AddTask("sending");
            return await EachAsync(client, broadcastId, broadcast =>
            {
                bar.MaxValue = Math.Max(1, broadcast.Progress?.Total ?? 1);
                bar.Value = broadcast.IsFinal ? bar.MaxValue : broadcast.Progress?.Final ?? 0;
                bar.Description = Markup.Escape(BroadcastView.LineOf(broadcast));
            }, cancellation);
        });

    private static Task<Broadcast?> LinesAsync(Terminal terminal, BulkSmsClient client, string broadcastId, CancellationToken cancellation)
    {
        var last = "";
        return EachAsync(client, broadcastId, broadcast =>
        {
            if (BroadcastView.LineOf(broadcast) is var line && line != last)
            {
                terminal.Note(last = line);
            }
        }, cancellation);
    }

    private static async Task<Broadcast?> EachAsync(BulkSmsClient client, string broadcastId, Action<Broadcast> show, CancellationToken cancellation)
    {
        Broadcast? last = null;
        await foreach (var broadcast in client.Broadcasts.FollowAsync(broadcastId, cancellation))
        {
            last = broadcast;
            show(broadcast);
            if (broadcast.Status is BroadcastStatus.Paused or null)
            {
                break; // a person decides what comes next
            }
        }

        return last;
    }
}
