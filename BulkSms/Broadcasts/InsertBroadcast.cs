using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using BulkSms.Common;
using BulkSms.Storage;
using BulkSms.Storage.Calls;

namespace BulkSms.Broadcasts;

/// <summary>
/// The commit: a broadcast's row, its active marker, and what remembers its text for a day, in one transaction. Once a try may have been applied, nothing that fails later can take that back: only the row
/// itself can say.
/// </summary>
/// <param name="table">The Broadcasts table by calls that are not repeated: each try's own failure says whether it may have been applied.</param>
/// <param name="find">Reads a broadcast.</param>
/// <param name="probe">How long storage is asked what became of an ambiguous commit.</param>
/// <param name="time">The clock.</param>
internal sealed class InsertBroadcast(TableCalls table, Func<string, Task<Broadcast?>> find, TimeSpan probe, TimeProvider time)
{
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(500);

    /// <summary>Inserts both, or finds out that they are there.</summary>
    /// <param name="broadcast">The row.</param>
    /// <param name="mayCommit">No try begins after it; null: at any time.</param>
    /// <param name="isFirst">Whether nothing may be committed when the same text is remembered already: of two at once one is refused.</param>
    /// <param name="told">The rows of events that tell of it, in the same transaction.</param>
    public async Task<(CommitResult Result, Broadcast? Stored)> RunAsync(Broadcast broadcast, Deadline? mayCommit, bool isFirst, IReadOnlyList<TableTransactionAction> told)
    {
        var start = time.GetTimestamp();
        var (maybeApplied, isThere) = (false, false);
        while (true)
        {
            try
            {
                if (isThere)
                {
                    // One transaction: where the row is not there, what stood in the way was the text.
                    var stored = await find(broadcast.Id);
                    return stored is not null || !isFirst ? (CommitResult.Committed, stored) : (CommitResult.Repeated, null);
                }

                if (mayCommit is { HasPassed: true })
                {
                    return (maybeApplied ? CommitResult.Unknown : CommitResult.NotCommitted, null);
                }

                await table.SubmitAsync([.. Actions(broadcast, isFirst), .. told], CancellationToken.None);
                return (CommitResult.Committed, null);
            }
            catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.EntityAlreadyExists)
            {
                maybeApplied = isThere = true;
                continue;
            }
            catch (Exception e) when (maybeApplied || e.IsUnavailable())
            {
                maybeApplied |= !e.IsNeverSent() && !e.IsNotSetUp();
                if (!maybeApplied)
                {
                    return (CommitResult.NotCommitted, null);
                }

                if (time.GetElapsedTime(start) >= probe)
                {
                    return (CommitResult.Unknown, null);
                }
            }

            await Task.Delay(ProbePause, time);
        }
    }

    private static IEnumerable<TableTransactionAction> Actions(Broadcast broadcast, bool isFirst)
    {
        yield return new(TableTransactionActionType.Add, BroadcastRow.Write(broadcast));
        yield return new(TableTransactionActionType.Add, BroadcastRow.Marker(broadcast.Id));
        if (BroadcastRow.Text(broadcast) is { } text)
        {
            yield return new(isFirst ? TableTransactionActionType.Add : TableTransactionActionType.UpsertReplace, text);
        }
    }
}
