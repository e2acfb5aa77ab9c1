using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Broadcasts;

/// <summary>A broadcast's first part in its row.</summary>
internal static class CanaryColumns
{
    public const string Canary = "canary";
    private const string Status = "canaryStatus";
    private const string HandedOverAt = "canaryHandedOverAt";
    private const string DecidedAt = "canaryDecidedAt";
    private const string Sent = "canarySent";
    private const string Failures = "canaryFailures";
    private const string OptedOut = "canaryOptedOut";

    public static readonly string[] All = [Canary, Status, HandedOverAt, DecidedAt, Sent, Failures, OptedOut];

    public static void Write(CanaryResult result, TableEntity row)
    {
        row[Status] = result.Status;
        row[HandedOverAt] = result.HandedOverAt;
        row[DecidedAt] = result.DecidedAt;
        row[Sent] = result.Sent;
        row[Failures] = result.Failures;
        row[OptedOut] = result.OptedOut;
    }

    public static CanaryResult? Read(TableEntity row) => row.GetString(Status) is not { } status ? null : new(
        status, row.GetTime(HandedOverAt), row.GetTime(DecidedAt), row.GetInt32(Sent) ?? 0, row.GetInt32(Failures) ?? 0, row.GetInt32(OptedOut) ?? 0);
}
