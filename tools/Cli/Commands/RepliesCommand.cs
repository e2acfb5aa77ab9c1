using BulkSms.Cli.Output;
using BulkSms.Client;

namespace BulkSms.Cli.Commands;

internal sealed class RepliesCommand(CliContext context) : ApiCommand<NewestSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, NewestSettings settings, CancellationToken cancellation)
    {
        var replies = client.Replies.ListAsync(settings.PageSize, cancellation).Take(settings.Limit);
        await ListOutput.WriteAsync(Terminal, replies, settings.Json, ["AT", "FROM", "TEXT"], each =>
        [
            Plain.Time(each.ReceivedAt),
            Plain.Line(each.From),
            Plain.Line(each.Text),
        ], cancellation);
        return ExitCodes.Done;
    }
}
