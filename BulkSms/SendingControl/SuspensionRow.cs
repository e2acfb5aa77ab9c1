using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using BulkSms.Outbox;
using BulkSms.Storage;

namespace BulkSms.SendingControl;

/// <content>The suspension of all sending, or of what one profile sends, and its end.</content>
public sealed partial class ControlTable
{
    /// <summary>
    /// Suspends all sending, or one profile's. The first reason stands until it is resumed, so doing it twice changes nothing; but one that may end by itself gives way to one that does not.
    /// </summary>
    /// <param name="code">Twilio's code; 0: an operator.</param>
    /// <param name="reason">In words.</param>
    /// <param name="nextProbeAt">When one message is sent to find out whether it has ended; null: never.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="profile">The profile; null: all sending.</param>
    public async Task SuspendAsync(int code, string reason, DateTimeOffset? nextProbeAt, CancellationToken cancellation, string? profile = null)
    {
        var row = new TableEntity(ControlRows.Partition, SuspensionKeyOf(profile)) { ["code"] = code, ["reason"] = reason, ["since"] = time.GetUtcNow(), [NextProbeAt] = nextProbeAt };
        var told = outbox is null ? [] : await outbox.EntryAsync(
            ControlRows.Partition, EventTypes.SendingSuspended, Subject, () => Named(profile, new() { ["code"] = code, ["reason"] = reason }), cancellation);
        try
        {
            await rows.AddAsync(row, cancellation, told);
            outbox?.Written(told);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            if (nextProbeAt is null)
            {
                await ReplaceProbedAsync(row, told, cancellation);
            }
        }
    }

    // Suspended already, or by our own first try.
    private async Task ReplaceProbedAsync(TableEntity row, TableTransactionAction[] told, CancellationToken cancellation)
    {
        var found = await rows.FindAsync(row.RowKey, cancellation);
        if (found is not null && found.GetDateTimeOffset(NextProbeAt) is not null)
        {
            try
            {
                await rows.ReplaceAsync(row, found.ETag, cancellation, told);
                outbox?.Written(told);
            }
            catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound())
            {
                // resumed meanwhile, or another instance has done it: the next refusal tells
            }
        }
    }

    /// <summary>Says when the next probe comes, if the suspension is still as it was read.</summary>
    /// <returns>The suspension as it is then; null when another instance, or a person, was first.</returns>
    public async Task<Suspension?> TryScheduleProbeAsync(Suspension read, DateTimeOffset at, CancellationToken cancellation)
    {
        try
        {
            return read with { NextProbeAt = at, ETag = await rows.MergeAsync(new TableEntity(ControlRows.Partition, SuspensionKeyOf(read.Profile)) { [NextProbeAt] = at }, read.ETag, cancellation) };
        }
        catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound())
        {
            return null;
        }
    }

    /// <summary>Resumes sending if the suspension is still as it was read.</summary>
    public async Task<bool> TryResumeAsync(Suspension read, CancellationToken cancellation)
    {
        try
        {
            await DeleteSuspensionAsync(read.Profile, read.ETag, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            return false; // it is suspended for another reason by now
        }
    }

    /// <summary>Resumes what a profile sends; or all sending, and with it each profile.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="profile">The profile; null: all sending.</param>
    public async Task ResumeAsync(CancellationToken cancellation, string? profile = null)
    {
        foreach (var own in profile is null ? (await ReadAsync(cancellation)).OfProfiles?.Keys ?? [] : [])
        {
            await DeleteSuspensionAsync(own, ETag.All, cancellation);
        }

        await DeleteSuspensionAsync(profile, ETag.All, cancellation);
    }

    /// <summary>Whether something else than a reconciliation suspends sending.</summary>
    internal async Task<bool> IsSuspendedAsync(CancellationToken cancellation) => await rows.FindAsync(SuspensionKey, cancellation) is not null;

    /// <summary>The row of the event that says that sending goes on, if an endpoint wants it.</summary>
    internal async Task<TableTransactionAction[]> ResumedAsync(CancellationToken cancellation, string? profile = null) => outbox is null ? [] : await outbox.EntryAsync(
        ControlRows.Partition, EventTypes.SendingResumed, Subject, () => Named(profile, []), cancellation);

    private static JsonObject Named(string? profile, JsonObject data)
    {
        if (profile is not null)
        {
            data["profile"] = profile;
        }

        return data;
    }

    // While a reconciliation suspends sending by itself, sending does not go on yet: its end is told instead.
    private async Task DeleteSuspensionAsync(string? profile, ETag read, CancellationToken cancellation)
    {
        var told = await ResumedAsync(cancellation, profile);
        if (told.Length > 0 && await rows.FindAsync(Reconciliation.RowKey, cancellation) is { } found && Reconciliation.Read(found).IsRunning)
        {
            told = [];
        }

        try
        {
            await rows.DeleteAsync(SuspensionKeyOf(profile), read, cancellation, told);
            outbox?.Written(told);
        }
        catch (RequestFailedException e) when (e.IsNotFound() && !e.IsNotSetUp())
        {
            // it was not suspended, or is resumed by our own first try, which has told of it
        }
    }
}
