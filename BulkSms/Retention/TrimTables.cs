using BulkSms.Audit;
using BulkSms.OptOuts;
using BulkSms.Poison;
using BulkSms.Replies;
using BulkSms.Unreachable;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention;

/// <summary>Deletes what tables hold beside the broadcasts, once each kind is too old.</summary>
public sealed class TrimTables(
    OptOutList optOuts, PoisonTable poison, UnreachableNumbers unreachable, ReplyTable replies, AuditTable audit, TrimEvents events, TrimCounts counts, IOptions<AuditOptions> options)
{
    /// <summary>Deletes it. It may be interrupted anywhere: the next run goes on.</summary>
    /// <param name="now">The time.</param>
    /// <param name="before">Personal data of before this time is deleted.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task RunAsync(DateTimeOffset now, DateTimeOffset before, CancellationToken cancellation)
    {
        await poison.DeleteOfNoBroadcastBeforeAsync(before, cancellation);
        await optOuts.TrimLogAsync(now - OptOutList.LogKeptFor, cancellation);
        await optOuts.TrimHandledAsync(now - OptOutList.HandledKeptFor, cancellation);
        await unreachable.ForgetAsync(cancellation);
        await replies.DeleteOldAsync(cancellation);
        await audit.TrimAsync(now - TimeSpan.FromDays(options.Value.Days), cancellation);
        await events.RunAsync(now, cancellation);
        await counts.RunAsync(now, cancellation);
    }
}
