using System.ComponentModel;
using BulkSms.Client;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class ResultsSettings : BroadcastSettings
{
    [CommandOption("-o|--output <FILE>")]
    [Description("Where they are written; else standard output")]
    public string? Output { get; init; }

    [CommandOption("--force")]
    [Description("Writes over a file that exists")]
    public bool Force { get; init; }

    [CommandOption("--status <STATUS>")]
    [Description("Only those, such as failed,undelivered; waiting, final and notDelivered are groups")]
    public string? Status { get; init; }
}

internal sealed class ResultsCommand(CliContext context) : ApiCommand<ResultsSettings>(context)
{
    protected override Task<int> RunAsync(BulkSmsClient client, ResultsSettings settings, CancellationToken cancellation)
    {
        var statuses = settings.Status?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Download.ToAsync(Terminal, settings.Output, settings.Force, to => client.Broadcasts.DownloadResultsAsync(settings.Id, to, statuses, cancellation));
    }
}
