using System.Globalization;
using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>What happened to one recipient, in a line: for the person who has to explain a violation.</summary>
public static class Story
{
    /// <summary>The row's writes (each ETag tells its time), the calls with the time from the claim to their arrival, what other broadcasts say of the number, and how late this process was at worst.</summary>
    public static string Of(Evidence evidence, RecipientKey key, string to)
    {
        var writes = evidence.HistoryOf(key)?.Writes.Select(write => $"{write.Status ?? "(same)"} {write.ETag}") ?? ["(not all seen)"];
        var calls = evidence.Calls.Where(call => call.BroadcastId == key.BroadcastId && call.RecipientKey == key.Id).Select(call => string.Create(
            CultureInfo.InvariantCulture,
            $"{call.At:HH:mm:ss.fff}{(call.ClaimId is { } id && evidence.Claims.TryGetValue(id, out var claimed) ? $" (claimed {(call.At - claimed).TotalSeconds:0.0} s before)" : "")} {call.Fault ?? "no fault"}, code {call.Code}"));
        var others = evidence.Rows.Where(row => row.To == to && row.Key != key).Select(row => $"{row.Status} {row.Sid} ({row.OtherSids})");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"writes: {string.Join(", ", writes)}; calls: {string.Join(", ", calls)}; its other rows: {string.Join(", ", others)}; worst lag {evidence.WorstLag.TotalSeconds:0.0} s");
    }
}
