using Azure.Data.Tables;
using BulkSms.Chaos.Hosts;
using BulkSms.Chaos.Storage;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.TwilioSimulator;
using Microsoft.AspNetCore.WebUtilities;

namespace BulkSms.Chaos;

/// <summary>What must be true after any run, from the simulator's own record and from the rows.</summary>
/// <param name="twilio">Twilio's own record.</param>
/// <param name="claims">When claims were made.</param>
/// <param name="held">When nothing was to be sent.</param>
/// <param name="poison">The poison queue.</param>
/// <param name="crashed">Whether a host died or froze: then a refusal may not have been recorded, and is asked for once more.</param>
public sealed class Invariants(
    TwilioServer twilio, ClaimTimes claims, IReadOnlyCollection<HeldTime> held, IReadOnlyCollection<SmsJob> poison, bool crashed)
{
    private static readonly TimeSpan InForceAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1); // the proxy sees a claim, and the simulator a call, some time after the host made it
    private readonly List<string> violations = [];
    private HashSet<string> ambiguous = [];

    public IReadOnlyList<string> Check(IReadOnlyList<Posted> broadcasts, string storage)
    {
        var rows = new TableClient(storage, TableNames.Recipients).Query<TableEntity>().ToArray();
        var stored = new TableClient(storage, TableNames.Broadcasts).Query<TableEntity>(filter: "PartitionKey eq 'broadcasts' and RowKey ge 'b-'").ToArray();
        ambiguous = Ambiguity.Numbers(rows, twilio);
        foreach (var broadcast in broadcasts)
        {
            if (broadcast.Ids.Count > 1)
            {
                violations.Add($"8: one key, {broadcast.Ids.Count} broadcasts");
            }

            foreach (var id in broadcast.Ids.Keys)
            {
                CheckBroadcast(broadcast, id, [.. rows.Where(row => row.PartitionKey.StartsWith(id, StringComparison.Ordinal))]);
            }
        }

        if (stored.Length != broadcasts.SelectMany(broadcast => broadcast.Ids.Keys).Distinct(StringComparer.Ordinal).Count())
        {
            violations.Add($"8: {stored.Length} broadcasts stored that nobody or more than one posted");
        }

        CheckSids(rows);
        CheckTimes();
        return violations;
    }

    private void CheckBroadcast(Posted broadcast, string id, TableEntity[] rows)
    {
        var sent = twilio.Messages.All.Where(message => Parameter(message.StatusCallback, "b") == id).ToLookup(message => message.To, StringComparer.Ordinal);
        foreach (var number in sent.Where(messages => messages.Count() > 1))
        {
            violations.Add($"1: {number.Count()} messages of one broadcast to one number");
        }

        if (rows.Length != broadcast.Numbers.Count || rows.Select(row => row.GetString(RecipientColumns.To)).Except(broadcast.Numbers, StringComparer.Ordinal).Any())
        {
            violations.Add($"2: {rows.Length} rows for {broadcast.Numbers.Count} recipients");
        }

        foreach (var row in rows)
        {
            CheckRow(row, sent[row.GetString(RecipientColumns.To)!].ToArray(), id);
        }
    }

    private void CheckRow(TableEntity row, SimulatedMessage[] sent, string broadcastId)
    {
        var status = row.GetString(RecipientColumns.Status)!;
        var number = row.GetString(RecipientColumns.To)!;
        if (RecipientStatus.IsOpen(status) && !(status == RecipientStatus.Unconfirmed && ambiguous.Contains(number)))
        {
            violations.Add($"3: {status} at rest ({row.GetString(RecipientColumns.Reason)})");
        }

        if (status is RecipientStatus.Rejected or RecipientStatus.OptedOut or RecipientStatus.Canceled or RecipientStatus.Expired && sent.Length > 0)
        {
            violations.Add($"5: {status}, yet Twilio took {sent.Length}");
        }

        if (status == RecipientStatus.Rejected && twilio.Recipients[number].RejectCode is not null)
        {
            var refusals = twilio.Messages.CallsFor(number).Count(call => call.Code is 21614 && Parameter(call.RawForm, "b") == broadcastId);
            var entries = poison.Where(job => job.BroadcastId == broadcastId && job.To == number).Select(job => job.Failure?.ClaimId).Distinct(StringComparer.Ordinal).Count();
            if (refusals > 1 && !crashed)
            {
                violations.Add($"6: {refusals} calls for a permanent code");
            }

            if (entries != 1)
            {
                violations.Add($"6: {entries} poison entries for a rejected recipient");
            }
        }
    }

    private void CheckSids(TableEntity[] rows)
    {
        var onRows = rows.Where(row => row.GetString(RecipientColumns.Sid) is { Length: > 0 })
            .ToLookup(row => row.GetString(RecipientColumns.Sid)!, StringComparer.Ordinal);
        foreach (var message in twilio.Messages.All.Where(message => !ambiguous.Contains(message.To)))
        {
            if (onRows[message.Sid].Count() != 1)
            {
                violations.Add($"4: a message stands on {onRows[message.Sid].Count()} rows");
            }
        }

        foreach (var sid in onRows)
        {
            if (twilio.Messages.Find(sid.Key)?.To != sid.First().GetString(RecipientColumns.To))
            {
                violations.Add("4: a row carries an id that is not of its number");
            }
        }
    }

    private void CheckTimes()
    {
        foreach (var call in twilio.Messages.Calls)
        {
            var broadcast = Parameter(call.RawForm, "b");
            if (held.Any(time => (time.BroadcastId is null || time.BroadcastId == broadcast)
                && call.ArrivedAt > time.From + InForceAfter + Slack && call.ArrivedAt < time.Until))
            {
                violations.Add("7: a call began more than 5 s after a hold");
            }

            if (Parameter(call.RawForm, "c") is { } claim && claims.Of(claim) is { } begun && call.ArrivedAt - begun > ScaledSettings.SendWindow + Slack)
            {
                violations.Add($"10: {(call.ArrivedAt - begun).TotalSeconds:0.0} s from claim to arrival");
            }
        }
    }

    // From a callback address, or from a form that holds one.
    private static string? Parameter(string? text, string name)
    {
        if (text is null)
        {
            return null;
        }

        var address = text.Contains("StatusCallback=", StringComparison.Ordinal) ? QueryHelpers.ParseQuery(text)["StatusCallback"].ToString() : text;
        return Uri.TryCreate(address, UriKind.Absolute, out var url) && QueryHelpers.ParseQuery(url.Query).TryGetValue(name, out var value) ? value.ToString() : null;
    }
}
