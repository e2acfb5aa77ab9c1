using System.Text.Json;

namespace BulkSms.TwilioSimulator;

/// <summary>A fault by name, for the next calls, for a number, or by chance.</summary>
internal sealed record PlannedFault
{
    private static readonly Dictionary<string, Fault> Fixed = new Fault[]
    {
        TwilioSimulator.Fault.Refuse429, TwilioSimulator.Fault.Refuse503, TwilioSimulator.Fault.Error500,
        TwilioSimulator.Fault.Error503WithoutCode, TwilioSimulator.Fault.DropBeforeProcessing, TwilioSimulator.Fault.ProcessThenDrop,
        TwilioSimulator.Fault.ProcessThen500, TwilioSimulator.Fault.ProcessThen503WithoutCode, TwilioSimulator.Fault.TruncatedReply,
        TwilioSimulator.Fault.AccountSuspended, TwilioSimulator.Fault.AuthenticationRefused,
    }.ToDictionary(fault => fault.Name, StringComparer.OrdinalIgnoreCase);

    public string Fault { get; set; } = "";

    public int Count { get; set; } = 1;

    public string? To { get; set; }

    public double Probability { get; set; }

    public double HoldMs { get; set; }

    public int HttpStatus { get; set; } = 400;

    public int? Code { get; set; }

    public Fault ToFault() => Fault.ToUpperInvariant() switch
    {
        "HOLD" => TwilioSimulator.Fault.Hold(TimeSpan.FromMilliseconds(HoldMs)),
        "HOLDBEFOREPROCESSING" => TwilioSimulator.Fault.HoldBeforeProcessing(TimeSpan.FromMilliseconds(HoldMs)),
        "REJECT" => TwilioSimulator.Fault.Reject(HttpStatus, Code),
        _ => Fixed.GetValueOrDefault(Fault) ?? throw new JsonException($"There is no fault '{Fault}'."),
    };
}
