using BulkSms.Common;

namespace BulkSms.Chaos.Invariants;

/// <summary>4. Every recipient was sent the text of their own broadcast, and where each has one, their own.</summary>
public static class TextsAreTheirs
{
    // Twilio may have put words of its own after it.
    public static IEnumerable<string> Check(Evidence evidence) =>
        from message in evidence.Messages
        from posted in evidence.Posted
        where message.BroadcastId is { } id && posted.Ids.ContainsKey(id) && !message.Text.StartsWith(posted.TextFor(message.To), StringComparison.Ordinal)
        select $"message {message.Sid} of broadcast {message.BroadcastId} has another recipient's text";
}
