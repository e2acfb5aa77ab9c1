using System.ComponentModel;
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
