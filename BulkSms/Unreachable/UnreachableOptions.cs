using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Unreachable;

/// <summary>Numbers that could not get a text. Section <c>Unreachable</c>.</summary>
public sealed class UnreachableOptions
{
    public const string Section = "Unreachable";

    /// <summary>
    /// For how many days it is known that a number could not get a text: because Twilio refused it (21211, 21614) or its carrier did (30005, 30006). A delivery ends it
    /// sooner. 0: nothing is kept. Default 90; 0 to 730.
    /// </summary>
    [Range(0, 730)]
    public int Days { get; set; } = 90;
}

[OptionsValidator]
public sealed partial class UnreachableOptionsValidator : IValidateOptions<UnreachableOptions>;
