using BulkSms.OptOuts.Wording;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>
/// What a text to us leads to, whether the webhook brings it or the list that Twilio keeps. A text is handled once. What it asks for counts by Twilio's own time: a START
/// undoes only a STOP that Twilio took before it, in the same second STOP wins; so an old START, sent again, undoes nothing.
/// </summary>
public sealed partial class HearTexts(
    OptOutList list, ReviewList review, ChangeOptOuts change, ReviewActions actions, TextTimes times, ReceivedTexts received, IOptions<OptOutOptions> options, ILogger<HearTexts> logger)
{
    private const int Tries = 20;

    /// <summary>Does what a text asks for; nothing when it was handled before.</summary>
    /// <exception cref="Exception">Storage is away, or Twilio where it must be asked: it is to be repeated.</exception>
    public async Task HearAsync(string phone, HeardText text, CancellationToken cancellation)
    {
        if (text.IsTwiliosTime && await list.IsErasedSinceAsync(phone, text.At, cancellation))
        {
            return; // it was handled, and forgotten with the person
        }

        await (text.Verdict switch
        {
            InboundVerdict.OptOut => StopAsync(phone, text, cancellation),
            InboundVerdict.OptIn => StartAsync(phone, text, cancellation),
            InboundVerdict.Review => AskAsync(phone, text, cancellation),
            _ => received.TellAsync(phone, text, cancellation),
        });
    }

    private async Task StopAsync(string phone, HeardText text, CancellationToken cancellation)
    {
        if (await list.IsHandledAsync(phone, text.Sid, cancellation))
        {
            if (!text.IsTwiliosTime && await list.FindAsync(phone, cancellation) is not null) // of the list's, the sweeper repeats the latest
            {
                await change.ApplyAsync(phone); // the instance that handled it may have died before this
            }

            return;
        }

        if (text.IsTwiliosTime && await list.HasStartedAfterAsync(phone, text.At, cancellation))
        {
            await list.RememberAsync(phone, text, cancellation); // it was taken back since
            return;
        }

        await change.HearAsync(phone, OptOutSource.Text, text);
        await actions.EndAsync(phone, cancellation);
    }

    private async Task StartAsync(string phone, HeardText text, CancellationToken cancellation)
    {
        if (text.Sid is null || await list.IsHandledAsync(phone, text.Sid, cancellation))
        {
            return;
        }

        if (!text.IsTwiliosTime)
        {
            if (await times.OfAsync(text.Sid, cancellation) is not { } createdAt)
            {
                Log.UnknownStart(logger);
                return;
            }

            text = text with { At = createdAt, IsTwiliosTime = true };
        }

        for (var i = 0; i < Tries; i++)
        {
            var known = await list.FindEntryAsync(phone, cancellation);
            if (known is { IsListed: true })
            {
                await review.AddAsync(phone, ReviewReason.Start, text, cancellation);
                Log.StartToReview(logger);
                return;
            }

            var isUndone = known is not null && await IsAfterStopAsync(text, known, cancellation) && !await times.HasStopSinceAsync(phone, text.At, cancellation);
            if (known is null || !isUndone)
            {
                await list.RememberAsync(phone, text, cancellation);
                Log.StartChangesNothing(logger, known is not null);
                await EndIfOlderAsync(phone, text, known is not null, cancellation);
                return;
            }

            if (await list.TryUndoAsync(phone, text, known, cancellation))
            {
                await change.TakenBackAsync();
                return;
            }
        }

        throw new TimeoutException("The list kept changing.");
    }

    private async Task<bool> IsAfterStopAsync(HeardText start, OptOutList.Entry stop, CancellationToken cancellation)
    {
        if (start.At > stop.HeardAt + TextTimes.Skew)
        {
            return true;
        }

        // What we heard of at a time was sent before it; when exactly, Twilio knows.
        var stoppedAt = HeardText.SidOf(stop.HeardSid) is { } sid ? await times.OfAsync(sid, cancellation) ?? stop.HeardAt : stop.HeardAt;
        return start.At > stoppedAt;
    }

    private async Task AskAsync(string phone, HeardText text, CancellationToken cancellation)
    {
        if (!options.Value.ReviewUnclear || await list.FindAsync(phone, cancellation) is not null)
        {
            await received.TellAsync(phone, text, cancellation);
            return;
        }

        if (!await list.IsHandledAsync(phone, text.Sid, cancellation))
        {
            if (text.IsTwiliosTime && await list.HasStartedAfterAsync(phone, text.At, cancellation))
            {
                return;
            }

            await review.AddAsync(phone, ReviewReason.Unclear, text, cancellation);
            Log.ToReview(logger);
        }

        if (await review.FindAsync(phone, cancellation) is not null)
        {
            await actions.HoldAsync(phone, cancellation); // also when it was handled: the instance that did may have died before this
        }
    }

    // Who says START after an unclear text has answered the question.
    private async Task EndIfOlderAsync(string phone, HeardText start, bool isOptedOut, CancellationToken cancellation)
    {
        if (!isOptedOut && await review.FindAsync(phone, cancellation) is { Entry: { Reason: ReviewReason.Unclear } entry } && entry.Messages.All(message => message.At + TextTimes.Skew < start.At))
        {
            await actions.EndAsync(phone, cancellation);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2204, Level = LogLevel.Warning, Message = "A START is ignored: Twilio has no such message")]
        public static partial void UnknownStart(ILogger logger);

        [LoggerMessage(EventId = 2205, Level = LogLevel.Information, Message = "A START of a phone that an operator or an import put on the list waits for a decision")]
        public static partial void StartToReview(ILogger logger);

        [LoggerMessage(EventId = 2206, Level = LogLevel.Information, Message = "A START changes nothing (a later STOP stands: {IsOptedOut})")]
        public static partial void StartChangesNothing(ILogger logger, bool isOptedOut);

        [LoggerMessage(EventId = 2207, Level = LogLevel.Warning, Message = "A text may be an opt-out: it is on the review list, and what waits for its phone is held")]
        public static partial void ToReview(ILogger logger);
    }
}
