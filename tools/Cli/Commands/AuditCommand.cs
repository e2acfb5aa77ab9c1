using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using BulkSms.Client.Models;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class AuditSettings : NewestSettings
{
    [CommandArgument(0, "[ID]")]
    [Description("Only what was done to this broadcast; else everything")]
    public string? Id { get; init; }

    [CommandOption("--actor <NAME>")]
    [Description("Only what this caller did")]
    public string? Actor { get; init; }
}

internal sealed class AuditCommand(CliContext context) : ApiCommand<AuditSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, AuditSettings settings, CancellationToken cancellation)
    {
        var entries = client.Audit.ListAsync(settings.Id, settings.Actor, settings.PageSize, cancellation).Take(settings.Limit);
        await ListOutput.WriteAsync(Terminal, entries, settings.Json, ["AT", "WHO", "ACTION", "OBJECT", "OUTCOME", "REASON"], each =>
        [
            Plain.Time(each.At),
            Plain.Line(each.Actor),
            Plain.Line(each.Action),
            ObjectOf(each.Object),
            Plain.Word(each.Outcome),
            Plain.Line(each.Reason ?? each.Detail),
        ], cancellation);
        return ExitCodes.Done;
    }

    private static string ObjectOf(AuditObject? of) => $"{Plain.Word(of?.Kind)} {Plain.Line(of?.Id)}".TrimEnd();
}
