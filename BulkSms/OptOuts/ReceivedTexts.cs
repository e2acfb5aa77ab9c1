using BulkSms.Outbox;

namespace BulkSms.OptOuts;

/// <summary>Texts that ask for nothing that concerns opt-outs. Where an endpoint wants them, it is told of each once, whether the webhook brings it or the list that Twilio keeps.</summary>
public sealed class ReceivedTexts(OptOutList list, EventOutbox outbox)
{
    /// <summary>Notes that a text is to be told; nothing where no endpoint wants to know, or when it was noted before.</summary>
    public async Task TellAsync(string phone, HeardText text, CancellationToken cancellation)
    {
        if (!await outbox.WantsAsync(EventTypes.MessageReceived, cancellation) || await list.IsHandledAsync(phone, text.Sid, cancellation))
        {
            return;
        }

        var told = await OptOutEvents.ReceivedAsync(outbox, phone, text, isInReview: false, cancellation);
        if (told.Length > 0)
        {
            await list.TellAsync(phone, text, told, cancellation);
        }
    }
}
