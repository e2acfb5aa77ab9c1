using System.Globalization;

namespace BulkSms.Chaos;

/// <summary>What one run did and found.</summary>
public sealed record ChaosReport
{
    /// <summary>The head of the table of reports.</summary>
    public const string Header = """
        |  seed | broadcasts | recipients | sent | calls | kills | stops | storage faults | Twilio faults | queue faults | given up by host | held | opt-outs | replays | at rest | violations |
        |------:|-----------:|-----------:|-----:|------:|------:|------:|---------------:|--------------:|-------------:|-----------------:|-----:|---------:|--------:|--------:|-----------:|
        """;

    public required int Seed { get; init; }

    public int Broadcasts { get; init; }

    public int Recipients { get; init; }

    public int Sent { get; init; }

    public int Calls { get; init; }

    public int Kills { get; init; }

    public int Stops { get; init; }

    public int StorageFaults { get; init; }

    public int TwilioFaults { get; init; }

    public int QueueFaults { get; init; }

    /// <summary>Messages that the host put into a poison queue by itself.</summary>
    public int GivenUpByHost { get; init; }

    /// <summary>Pauses, halts and cancellations that were said to be done.</summary>
    public int Held { get; init; }

    public int OptOuts { get; init; }

    public int Replays { get; init; }

    /// <summary>Seconds from the end of the faults until nothing moved any more.</summary>
    public double AtRest { get; init; }

    public required IReadOnlyList<string> Violations { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Seed,5} | {Broadcasts,10} | {Recipients,10} | {Sent,4} | {Calls,5} | {Kills,5} | {Stops,5} | {StorageFaults,14} | {TwilioFaults,13} | {QueueFaults,12} | {GivenUpByHost,16} | {Held,4} | {OptOuts,8} | {Replays,7} | {AtRest,5:0.0} s | {Violations.Count,10} |");
}
