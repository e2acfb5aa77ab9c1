using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.StatusCallbacks;

/// <summary>What is done about callbacks that do not come. Section <c>Callbacks</c>.</summary>
public sealed class CallbackOptions
{
    public const string Section = "Callbacks";

    /// <summary>
    /// How long a message may be without news and without a final status before Twilio is asked about some, to find out whether callbacks were lost. Default 5 min; 1 s to
    /// 36 h. Twilio repeats a callback for less than that.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.12:00:00")]
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time between two such questions about one message. Default 1 h; 1 s to 36 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.12:00:00")]
    public TimeSpan PollAfter { get; set; } = TimeSpan.FromHours(1);
}

[OptionsValidator]
public sealed partial class CallbackOptionsValidator : IValidateOptions<CallbackOptions>;
