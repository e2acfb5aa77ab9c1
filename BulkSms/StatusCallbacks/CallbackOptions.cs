using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.StatusCallbacks;

/// <summary>What is done about callbacks that do not come. Section <c>Callbacks</c>.</summary>
public sealed class CallbackOptions
{
    public const string Section = "Callbacks";

    /// <summary>How long a message may be without news and without a final status before Twilio is asked about it. Default 1 h; 1 s to 36 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.12:00:00")]
    public TimeSpan PollAfter { get; set; } = TimeSpan.FromHours(1);
}

[OptionsValidator]
public sealed partial class CallbackOptionsValidator : IValidateOptions<CallbackOptions>;
