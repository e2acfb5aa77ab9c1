using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using BulkSms.Client.Models;
using Spectre.Console;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class ListSettings : ApiSettings
{
    [CommandOption("--status <STATUS>")]
    [Description("Only those, such as sending,paused; waiting and final are groups")]
    public string? Status { get; init; }

    [CommandOption("--text <TEXT>")]
    [Description("Only those whose text holds this")]
    public string? Text { get; init; }

    [CommandOption("-n|--most <NUMBER>")]
    [Description("At most so many; 0: all")]
    [DefaultValue(20)]
    public int Most { get; init; }

    public override ValidationResult Validate() => Most >= 0 ? base.Validate() : ValidationResult.Error("--most is 0 or more.");
}

internal sealed class ListCommand(CliContext context) : ApiCommand<ListSettings>(context)
{
    private const int LongestText = 60;
    private const int LargestPage = 1000;

    protected override async Task<int> RunAsync(BulkSmsClient client, ListSettings settings, CancellationToken cancellation)
    {
        var filter = new BroadcastFilter
        {
            Statuses = settings.Status?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Text = settings.Text,
            PageSize = settings.Most is 0 or > LargestPage ? LargestPage : settings.Most,
        };
        var broadcasts = client.Broadcasts.ListAsync(filter, cancellation).Take(settings.Most == 0 ? int.MaxValue : settings.Most);
        if (settings.Json)
        {
            await JsonOutput.WriteAsync(Terminal.Raw, broadcasts, cancellation);
            return ExitCodes.Done;
        }

        var table = new Table().NoBorder().AddColumns("ID", "STATUS", "CREATED", "RECIPIENTS", "TEXT");
        await foreach (var each in broadcasts)
        {
            table.AddRow(new Text(each.BroadcastId ?? ""), new Text(Plain.Word(each.Status)), new Text(Plain.Time(each.CreatedAt)), new Text(Terminal.Number(each.RecipientsCount)), new Text(TextOf(each)));
        }

        Terminal.Output.Write(table);
        return ExitCodes.Done;
    }

    private static string TextOf(BroadcastSummary broadcast) => Plain.Line(broadcast.Message) is var text && text.Length <= LongestText ? text : text[..LongestText] + "…";
}
