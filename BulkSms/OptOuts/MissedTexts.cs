using Azure.Data.Tables;
using BulkSms.OptOuts.Wording;
using BulkSms.Profiles;
using BulkSms.Storage;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>
/// Reads from Twilio's list the texts that came while the webhook could not take them, and does what they ask for: of each sender of each profile's Messaging Service, since the
/// last time that the list was read whole. What the webhook has handled is known by its id. Of one phone they are taken in their order.
/// </summary>
public sealed partial class MissedTexts(
    TableServiceClient service, HearTexts hear, TwilioMessages messages, TwilioAccounts accounts, IOptions<OptOutOptions> options, TimeProvider time, ILogger<MissedTexts> logger)
{
    private const string UpTo = "upTo";

    /// <summary>How long after it came a text may be missing in Twilio's list; it is read again for so long.</summary>
    private static readonly TimeSpan ListLag = TimeSpan.FromMinutes(15);

    /// <summary>How long one reading may take: it is a part of a sweep.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(1);

    /// <summary>How far back the first reading goes.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromHours(1);

    private readonly TableClient table = service.GetTableClient(TableNames.OptOuts);
    private DateTimeOffset nextLook = DateTimeOffset.MinValue;

    /// <summary>The row that says up to when the texts to a Messaging Service are read: each has its own, for apps of several may share one storage account.</summary>
    public static string RowOf(string service) => $"i-read-{service}";

    /// <summary>Reads what has come, every few minutes. What cannot be read is told in the log, and read the next time.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (now < nextLook || options.Value.ReadInboundEvery == TimeSpan.Zero)
        {
            return;
        }

        nextLook = now + options.Value.ReadInboundEvery;
        using var budget = new CancellationTokenSource(Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellation);
        try
        {
            if (!await ReadAsync(now, either.Token))
            {
                Log.NoAnswer(logger);
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested) // what is handled is not handled again: the next reading comes further
        {
            Log.Interrupted(logger, e.GetType().Name);
        }
    }

    /// <summary>Reads what has come since the last time, and does what it asks for.</summary>
    /// <returns>False when Twilio's list could not be read whole, or a text could not be handled: then the next reading begins where this one did.</returns>
    public async Task<bool> ReadAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var isWhole = true;
        foreach (var profile in accounts.Profiles.All)
        {
            isWhole &= await ReadAsync(profile, now, cancellation);
        }

        return isWhole;
    }

    private async Task<bool> ReadAsync(Profile profile, DateTimeOffset now, CancellationToken cancellation)
    {
        var row = RowOf(accounts.ServiceOf(profile));
        var found = await table.GetEntityIfExistsAsync<TableEntity>(OptOutLog.Partition, row, cancellationToken: cancellation);
        var since = (found.HasValue ? found.Value!.GetDateTimeOffset(UpTo) : null) ?? now - FirstLook;
        if (await accounts.Of(profile).TryGetAsync(cancellation) is not { } account || await messages.SendersAsync(account, accounts.ServiceOf(profile), cancellation) is not { } senders)
        {
            return false;
        }

        var missed = new List<(string Phone, HeardText Text)>();
        var isWhole = true;
        foreach (var sender in senders)
        {
            var list = await messages.ListReceivedAsync(account, sender, since, cancellation);
            isWhole &= list is not null;
            missed.AddRange((list ?? []).Where(message => !message.IsOutbound && message.CreatedAt >= since).Select(message => Heard(message, sender)).OfType<(string, HeardText)>());
        }

        if (!await HearAsync(missed, cancellation) || !isWhole)
        {
            return false; // the texts of other senders, and of other phones, are heard all the same
        }

        await table.UpsertEntityAsync(new TableEntity(OptOutLog.Partition, row) { [UpTo] = now - ListLag }, TableUpdateMode.Replace, cancellation);
        return true;
    }

    // One phone whose text cannot be handled keeps no other waiting.
    private async Task<bool> HearAsync(IEnumerable<(string Phone, HeardText Text)> texts, CancellationToken cancellation)
    {
        var isDone = true;
        foreach (var phone in texts.GroupBy(each => OptOutKey.Of(each.Phone), StringComparer.Ordinal))
        {
            try
            {
                // In the same second STOP wins: it comes last.
                foreach (var (number, text) in phone.OrderBy(each => each.Text.At).ThenBy(each => each.Text.Verdict == InboundVerdict.OptOut))
                {
                    await hear.HearAsync(number, text, cancellation);
                }
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                isDone = false;
                Log.NotHandled(logger, e.GetType().Name);
            }
        }

        return isDone;
    }

    private static (string Phone, HeardText Text)? Heard(ListedMessage message, string to) =>
        OptOutSender.TryRead(message.From, out var phone, out _)
            ? (phone, new(HeardText.SidOf(message.Sid), InboundText.Read(null, message.Body), message.CreatedAt, IsTwiliosTime: true, message.Body) { To = to })
            : null;

    private static partial class Log
    {
        [LoggerMessage(EventId = 2212, Level = LogLevel.Warning, Message = "A text of Twilio's list could not be handled ({Fault}); the next reading begins where this one did")]
        public static partial void NotHandled(ILogger logger, string fault);

        [LoggerMessage(EventId = 2208, Level = LogLevel.Warning, Message = "Twilio's list of received texts could not be read whole; the next reading begins where this one did")]
        public static partial void NoAnswer(ILogger logger);

        [LoggerMessage(EventId = 2209, Level = LogLevel.Warning, Message = "Reading the texts that may have been missed was interrupted ({Fault}); the next reading begins where this one did")]
        public static partial void Interrupted(ILogger logger, string fault);
    }
}
