using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Telemetry;

/// <summary>How much is recorded of each message. Section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Functions app: share of messages and of their callbacks whose trace is recorded; every other request's is. Metrics count all of them. Default 0.02; 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double MessageShare { get; set; } = 0.02;
}

[OptionsValidator]
public sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
