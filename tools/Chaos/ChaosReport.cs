using System.Globalization;

namespace BulkSms.Chaos;

/// <summary>What one run did and found.</summary>
public sealed record ChaosReport
{
    /// <summary>The head of the table of reports.</summary>
    public const string Header = """
        |  seed | broadcasts | recipients | sent | calls | kills | freezes | stops | outages | accounts | storage faults | Twilio faults | queue faults | given up by host | held | opt-outs | erased | failed first parts | unheard | old STARTs | replays | told | ambiguous | unseen | worst lag | at rest | violations |
        |------:|-----------:|-----------:|-----:|------:|------:|--------:|------:|--------:|---------:|---------------:|--------------:|-------------:|-----------------:|-----:|---------:|-------:|-------------------:|--------:|-----------:|--------:|-----:|----------:|-------:|----------:|--------:|-----------:|
        """;

    public required int Seed { get; init; }

    public int Broadcasts { get; init; }

    public int Recipients { get; init; }

    public int Sent { get; init; }

    public int Calls { get; init; }

    public int Kills { get; init; }

    public int Freezes { get; init; }

    /// <summary>Hosts that were told to stop, and ended by themselves.</summary>
    public int Ends { get; init; }

    /// <summary>Outages of Twilio that were longer than all back-off.</summary>
    public int Outages { get; init; }

    /// <summary>Twilio accounts that the hosts sent by.</summary>
    public int Accounts { get; init; }

    public int StorageFaults { get; init; }

    public int TwilioFaults { get; init; }

    public int QueueFaults { get; init; }

    /// <summary>Messages that the host put into a poison queue by itself.</summary>
    public int GivenUpByHost { get; init; }

    /// <summary>Pauses, suspensions and cancellations that were said to be done.</summary>
    public int Held { get; init; }

    public int OptOuts { get; init; }

    /// <summary>Persons who were erased.</summary>
    public int Erased { get; init; }

    /// <summary>Broadcasts that have paused themselves after their first part.</summary>
    public int FailedFirstParts { get; init; }

    /// <summary>STOPs that came while storage was away.</summary>
    public int Unheard { get; init; }

    /// <summary>People who said START, then STOP, and whose START was sent again.</summary>
    public int OldStarts { get; init; }

    public int Replays { get; init; }

    /// <summary>Events of recipients that a receiver took, repeats too.</summary>
    public int Told { get; init; }

    /// <summary>Numbers of which it cannot be told whose message is whose, so that their recipients stay Unconfirmed.</summary>
    public int Ambiguous { get; init; }

    /// <summary>Rows whose writes were not all seen: their histories are not checked.</summary>
    public int Unseen { get; init; }

    /// <summary>Seconds that this process ran late by, at worst.</summary>
    public double WorstLag { get; init; }

    /// <summary>Seconds from the end of the faults until nothing moved any more.</summary>
    public double AtRest { get; init; }

    public required IReadOnlyList<string> Violations { get; init; }

    /// <summary>All runs as one, with the worst lag and the longest way to rest.</summary>
    public static ChaosReport Sum(IReadOnlyCollection<ChaosReport> reports) => new()
    {
        Seed = reports.Count,
        Broadcasts = reports.Sum(report => report.Broadcasts),
        Recipients = reports.Sum(report => report.Recipients),
        Sent = reports.Sum(report => report.Sent),
        Calls = reports.Sum(report => report.Calls),
        Kills = reports.Sum(report => report.Kills),
        Freezes = reports.Sum(report => report.Freezes),
        Ends = reports.Sum(report => report.Ends),
        Outages = reports.Sum(report => report.Outages),
        Accounts = reports.Sum(report => report.Accounts),
        Erased = reports.Sum(report => report.Erased),
        FailedFirstParts = reports.Sum(report => report.FailedFirstParts),
        Unheard = reports.Sum(report => report.Unheard),
        OldStarts = reports.Sum(report => report.OldStarts),
        StorageFaults = reports.Sum(report => report.StorageFaults),
        TwilioFaults = reports.Sum(report => report.TwilioFaults),
        QueueFaults = reports.Sum(report => report.QueueFaults),
        GivenUpByHost = reports.Sum(report => report.GivenUpByHost),
        Held = reports.Sum(report => report.Held),
        OptOuts = reports.Sum(report => report.OptOuts),
        Replays = reports.Sum(report => report.Replays),
        Told = reports.Sum(report => report.Told),
        Ambiguous = reports.Sum(report => report.Ambiguous),
        Unseen = reports.Sum(report => report.Unseen),
        WorstLag = reports.Max(report => report.WorstLag),
        AtRest = reports.Max(report => report.AtRest),
        Violations = [.. reports.SelectMany(report => report.Violations)],
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Seed,5} | {Broadcasts,10} | {Recipients,10} | {Sent,4} | {Calls,5} | {Kills,5} | {Freezes,7} | {Ends,5} | {Outages,7} | {Accounts,8} | {StorageFaults,14} | {TwilioFaults,13} | {QueueFaults,12} | {GivenUpByHost,16} | {Held,4} | {OptOuts,8} | {Erased,6} | {FailedFirstParts,18} | {Unheard,7} | {OldStarts,10} | {Replays,7} | {Told,4} | {Ambiguous,9} | {Unseen,6} | {WorstLag,7:0.0} s | {AtRest,5:0.0} s | {Violations.Count,10} |");
}
