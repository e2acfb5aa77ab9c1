using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using BulkSms.Client.Models;
using Spectre.Console;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

/// <summary>Of commands that show the newest entries of a long list.</summary>
internal class NewestSettings : ApiSettings
{
    private const int LargestPage = 1000;

    [CommandOption("-n|--most <NUMBER>")]
    [Description("At most so many; 0: all")]
    [DefaultValue(20)]
    public int Most { get; init; }

    internal int PageSize => Most is 0 or > LargestPage ? LargestPage : Most;

    internal int Limit => Most == 0 ? int.MaxValue : Most;

    public override ValidationResult Validate() => Most >= 0 ? base.Validate() : ValidationResult.Error("--most is 0 or more.");
}

internal sealed class RepliesCommand(CliContext context) : ApiCommand<NewestSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, NewestSettings settings, CancellationToken cancellation)
    {
        var replies = client.Replies.ListAsync(settings.PageSize, cancellation).Take(settings.Limit);
        if (settings.Json)
        {
            await JsonOutput.WriteAsync(Terminal.Raw, replies, cancellation);
            return ExitCodes.Done;
        }

        var table = new Table().NoBorder().AddColumns("AT", "FROM", "TEXT");
        await foreach (var each in replies)
        {
            table.AddRow(new Text(Plain.Time(each.ReceivedAt)), new Text(Plain.Line(each.From)), new Text(Plain.Line(each.Text)));
        }

        Terminal.Output.Write(table);
        return ExitCodes.Done;
    }
}

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
        if (settings.Json)
        {
            await JsonOutput.WriteAsync(Terminal.Raw, entries, cancellation);
            return ExitCodes.Done;
        }

        var table = new Table().NoBorder().AddColumns("AT", "WHO", "ACTION", "OBJECT", "OUTCOME", "REASON");
        await foreach (var each in entries)
        {
            table.AddRow(
                new Text(Plain.Time(each.At)), new Text(Plain.Line(each.Actor)), new Text(Plain.Line(each.Action)), new Text(ObjectOf(each.Object)), new Text(Plain.Word(each.Outcome)),
                new Text(Plain.Line(each.Reason ?? each.Detail)));
        }

        Terminal.Output.Write(table);
        return ExitCodes.Done;
    }

    private static string ObjectOf(AuditObject? of) => $"{Plain.Word(of?.Kind)} {Plain.Line(of?.Id)}".TrimEnd();
}
