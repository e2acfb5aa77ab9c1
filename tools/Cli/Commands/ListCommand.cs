using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using BulkSms.Client.Models;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class ListSettings : NewestSettings
{
    [CommandOption("--status <STATUS>")]
    [Description("Only those, such as sending,paused; waiting and final are groups")]
    public string? Status { get; init; }

    [CommandOption("--text <TEXT>")]
    [Description("Only those whose text holds this")]
    public string? Text { get; init; }
}

internal sealed class ListCommand(CliContext context) : ApiCommand<ListSettings>(context)
{
    private const int LongestText = 60;

    protected override async Task<int> RunAsync(BulkSmsClient client, ListSettings settings, CancellationToken cancellation)
    {
        var filter = new BroadcastFilter
        {
            Statuses = settings.Status?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Text = settings.Text,
            PageSize = settings.PageSize,
        };
        var broadcasts = client.Broadcasts.ListAsync(filter, cancellation).Take(settings.Limit);
        await ListOutput.WriteAsync(Terminal, broadcasts, settings.Json, ["ID", "STATUS", "CREATED", "RECIPIENTS", "TEXT"], each =>
        [
            each.BroadcastId ?? "",
            Plain.Word(each.Status),
            Plain.Time(each.CreatedAt),
            Terminal.Number(each.RecipientsCount),
            TextOf(each),
        ], cancellation);
        return ExitCodes.Done;
    }

    private static string TextOf(BroadcastSummary broadcast) => Plain.Line(broadcast is { Message: "" or null, ContentSid: not null } ? "(content template)" : broadcast.Message) is var text && text.Length <= LongestText ? text : text[..LongestText] + "…";
}
