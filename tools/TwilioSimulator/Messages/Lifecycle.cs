using System.Globalization;

namespace BulkSms.TwilioSimulator;

/// <summary>Moves messages from status to status: accepted or scheduled, queued, sending, sent, then as the recipient behaves.</summary>
internal sealed class Lifecycle(
    TwilioSimulatorOptions options, Faults faults, Recipients recipients, Schedule schedule, CallbackDispatcher callbacks)
{
    private const decimal PricePerSegment = 0.0079m;
    private const int ValidityPeriodExpired = 30036;

    public MessageState Initial(CreateForm form)
    {
        var now = options.Time.GetUtcNow();
        return form switch
        {
            { IsScheduled: true } => new MessageState(MessageStatuses.Scheduled, now) { From = form.From },
            { MessagingServiceSid: not null } => new MessageState(MessageStatuses.Accepted, now) { From = form.From },
            _ => new MessageState(MessageStatuses.Queued, now) { From = form.From, NumSegments = SegmentCount.Of(form.Body) },
        };
    }

    /// <summary>Returns at once, unless a callback has to be there before the reply to the create call.</summary>
    public async Task BeginAsync(SimulatedMessage message)
    {
        if (message.SendAt is { } at)
        {
            schedule.After(at - options.Time.GetUtcNow(), () => Step(message), counts: false);
            return;
        }

        if (faults.Callbacks.BeforeReply)
        {
            await StepToFirstCallbackAsync(message);
        }

        StepLater(message);
    }

    public bool TryCancel(SimulatedMessage message)
    {
        var state = message.State;
        var canceled = state with { Status = MessageStatuses.Canceled, DateUpdated = options.Time.GetUtcNow() };
        if (state.Status != MessageStatuses.Scheduled || !message.TryChange(state, canceled))
        {
            return false;
        }

        callbacks.Announce(message, canceled);
        return true;
    }

    private void Step(SimulatedMessage message)
    {
        if (Advance(message) is { } state)
        {
            callbacks.Announce(message, state);
            StepLater(message);
        }
    }

    private void StepLater(SimulatedMessage message)
    {
        if (!IsDone(message, message.Status))
        {
            schedule.After(faults.CallbackDelay, () => Step(message));
        }
    }

    private async Task StepToFirstCallbackAsync(SimulatedMessage message)
    {
        while (Advance(message) is { } state)
        {
            if (callbacks.IsWanted(message, state))
            {
                await callbacks.SendNowAsync(message, state);
                return;
            }
        }
    }

    /// <summary>The new state, or null if the message is done or was canceled meanwhile.</summary>
    private MessageState? Advance(SimulatedMessage message)
    {
        var state = message.State;
        if (IsDone(message, state.Status))
        {
            return null;
        }

        var next = Next(message, state) with { DateUpdated = options.Time.GetUtcNow() };
        return message.TryChange(state, next) ? next : null;
    }

    private bool IsDone(SimulatedMessage message, string status) => MessageStatuses.IsFinal(status) && !(status == MessageStatuses.Delivered && recipients[message.To].Reads);

    private MessageState Next(SimulatedMessage message, MessageState state)
    {
        var behaviour = recipients[message.To];
        return state.Status switch
        {
            MessageStatuses.Accepted or MessageStatuses.Scheduled => Queued(message, state),
            MessageStatuses.Queued when HasExpired(message) => Ended(state, MessageStatuses.Failed, ValidityPeriodExpired),
            MessageStatuses.Queued when behaviour.FinalStatus == MessageStatuses.Failed =>
                Ended(state, MessageStatuses.Failed, behaviour.ErrorCode),
            MessageStatuses.Queued => state with { Status = MessageStatuses.Sending },
            MessageStatuses.Sending => Sent(state),
            MessageStatuses.Delivered => Ended(state, MessageStatuses.Read, null),
            _ => Ended(state, behaviour.FinalStatus, behaviour.ErrorCode),
        };
    }

    private MessageState Queued(SimulatedMessage message, MessageState state) => state with
    {
        Status = MessageStatuses.Queued,
        From = state.From ?? (message.Channel is { } channel ? $"{channel}:{options.ChannelSender}" : options.SenderNumber),
        NumSegments = message.MediaUrls.Count > 0 ? 1 : SegmentCount.Of(message.ShownBody),
    };

    private MessageState Sent(MessageState state) => state with
    {
        Status = MessageStatuses.Sent,
        DateSent = options.Time.GetUtcNow(),
        Price = (-PricePerSegment * state.NumSegments).ToString("0.00000", CultureInfo.InvariantCulture),
    };

    private static MessageState Ended(MessageState state, string status, int? code) => state with
    {
        Status = status,
        ErrorCode = code,
        ErrorMessage = code is { } known ? TwilioErrors.Message(known) : null,
    };

    private bool HasExpired(SimulatedMessage message) =>
        options.Time.GetUtcNow() - (message.SendAt ?? message.DateCreated) > TimeSpan.FromSeconds(message.ValidityPeriod);
}
