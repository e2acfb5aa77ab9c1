using System.Collections.Frozen;

namespace BulkSms.Tests.Architecture;

/// <summary>The folders of BulkSms/ from the ground up: a folder refers only to folders of lower floors, so no circle can close.</summary>
public static class Floors
{
    private static readonly string[][] FromTheGroundUp =
    [
        ["Common"],
        ["Segments", "Storage", "Telemetry"],
        ["Http", "Messages", "Lists", "Outbox"],
        ["Recipients", "Security", "Unreachable", "Replies"],
        ["Profiles"],
        ["Broadcasts", "SendingControl", "Audit"],
        ["Queues", "Twilio"],
        ["OptOuts", "Health"],
        ["Sending"],
        ["Estimates", "Poison", "StatusCallbacks"],
        ["Retention", "Events", "Doctor"],
        ["Dispatch"],
        ["Api", "WebConsole"],
        [""],
    ];

    private static readonly FrozenDictionary<string, int> Numbers = FromTheGroundUp
        .SelectMany((names, floor) => names.Select(name => (name, floor)))
        .ToFrozenDictionary(each => each.name, each => each.floor, StringComparer.Ordinal);

    /// <summary>The folder of a namespace; empty: the root. Null: not of BulkSms/.</summary>
    public static string? FolderOf(string @namespace) => @namespace.Split('.') switch
    {
        ["BulkSms"] => "",
        ["BulkSms", var folder, ..] => folder,
        _ => null,
    };

    /// <summary>The floor of a folder; null: the folder has none yet.</summary>
    public static int? Of(string folder) => Numbers.TryGetValue(folder, out var floor) ? floor : null;

    /// <summary>Whether one folder may refer to another.</summary>
    public static bool MayRefer(string from, string to) => from == to || Of(from) > Of(to);
}
