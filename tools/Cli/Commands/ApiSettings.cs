using System.ComponentModel;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

/// <summary>Of every command that calls BulkSms.</summary>
internal class ApiSettings : CommandSettings
{
    [CommandOption("--json")]
    [Description("The result as one JSON document on standard output; errors, too")]
    public bool Json { get; init; }
}

/// <summary>Of every command about one broadcast.</summary>
internal class BroadcastSettings : ApiSettings
{
    [CommandArgument(0, "<ID>")]
    [Description("The id of the broadcast")]
    public required string Id { get; init; }
}

/// <summary>Of every command that sends, or cannot be undone.</summary>
internal class ConfirmedSettings : BroadcastSettings
{
    [CommandOption("-y|--yes")]
    [Description("Does not ask. Without a terminal nothing is sent unless this is given")]
    public bool Yes { get; init; }
}

/// <summary>Of every command that takes a file.</summary>
internal class FileSettings : ApiSettings
{
    [CommandArgument(0, "<FILE>")]
    [Description("The list: CSV and the like, a workbook, NDJSON, a JSON array; - is standard input")]
    public required string File { get; init; }

    [CommandOption("--region <REGION>")]
    [Description("The country of numbers without +, such as DE")]
    public string? Region { get; init; }

    [CommandOption("--number-column <NAME>")]
    [Description("The column of the phone numbers, where its name does not say so")]
    public string? NumberColumn { get; init; }

    [CommandOption("--sheet <NAME>")]
    [Description("The sheet of a workbook; else the first that is not hidden")]
    public string? Sheet { get; init; }

    [CommandOption("--hidden-rows <WHAT>")]
    [Description("What becomes of rows that a sheet hides: include or skip")]
    public string? HiddenRows { get; init; }

    internal bool? SkipHiddenRows => HiddenRows is null ? null : HiddenRows == "skip";

    public override Spectre.Console.ValidationResult Validate() =>
        HiddenRows is null or "include" or "skip" ? base.Validate() : Spectre.Console.ValidationResult.Error("--hidden-rows is include or skip.");
}
