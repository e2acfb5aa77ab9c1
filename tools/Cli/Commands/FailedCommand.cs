using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using Spectre.Console;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class FailedSettings : ApiSettings
{
    [CommandArgument(0, "[ID]")]
    [Description("The broadcast; else all")]
    public string? Id { get; init; }

    [CommandOption("--code <CODE>")]
    [Description("Only those with this code of Twilio's")]
    public int? Code { get; init; }
}

internal sealed class FailedCommand(CliContext context) : ApiCommand<FailedSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, FailedSettings settings, CancellationToken cancellation)
    {
        var failed = client.Poison.ListAsync(settings.Id, settings.Code, cancellation: cancellation);
        if (settings.Json)
        {
            await JsonOutput.WriteAsync(Terminal.Raw, failed, cancellation);
            return ExitCodes.Done;
        }

        var table = new Table().NoBorder().AddColumns("BROADCAST", "TO", "PLACE", "CODE", "REASON", "AT", "RETRIED");
        await foreach (var each in failed)
        {
            var place = each.Line is { } line ? $"line {line}" : each.Index is { } index ? $"entry {index}" : "";
            table.AddRow(
                new Text(each.BroadcastId ?? ""), new Text(Plain.Line(each.To)), new Text(place), new Text(each.Code?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? ""),
                new Text(Plain.Line(each.Meaning ?? each.Reason)), new Text(Plain.Time(each.At)), new Text(Plain.Time(each.ReplayedAt)));
        }

        Terminal.Output.Write(table);
        return ExitCodes.Done;
    }
}
