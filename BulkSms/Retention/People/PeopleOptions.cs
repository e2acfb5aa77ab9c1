using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention.People;

/// <summary>Requests about one person's data. Section <c>People</c>.</summary>
public sealed class PeopleOptions
{
    public const string Section = "People";

    /// <summary>How long the result of an export is kept. It holds the person's data once more. Default 24 h; 1 min to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan KeepResultFor { get; set; } = TimeSpan.FromHours(24);
}

[OptionsValidator]
public sealed partial class PeopleOptionsValidator : IValidateOptions<PeopleOptions>;
