using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class StatusSettings : BroadcastSettings
{
    [CommandOption("-w|--wait")]
    [Description("Follows it to its end. Ctrl+C stops the wait, not the broadcast")]
    public bool Wait { get; init; }
}

internal sealed class StatusCommand(CliContext context) : ApiCommand<StatusSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, StatusSettings settings, CancellationToken cancellation)
    {
        if (settings.Wait)
        {
            return await Ending.FollowAsync(Terminal, client, settings.Id, settings.Json, cancellation);
        }

        var broadcast = await client.Broadcasts.GetAsync(settings.Id, cancellation);
        await ShowAsync(settings, broadcast, () => BroadcastView.Show(Terminal.Output, broadcast), cancellation);
        return ExitCodes.Done;
    }
}
