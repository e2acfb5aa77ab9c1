using BulkSms.Common;

namespace BulkSms.Chaos.Invariants;

/// <summary>4. Every recipient was sent the text and the media of their own broadcast, and where each has one, their own.</summary>
public static class TextsAreTheirs
{
    // Twilio may have put words of its own after it.
    public static IEnumerable<string> Check(Evidence evidence)
    {
        var rows = evidence.Rows.ToDictionary(row => ((string?)row.Key.BroadcastId, (string?)row.Key.Id));
        return from message in evidence.Messages
               from posted in evidence.Posted
               where message.BroadcastId is { } id && posted.Ids.ContainsKey(id)
               let own = rows.GetValueOrDefault(message.Row)?.Text
               where !posted.People.Where(person => person.Number == message.To).Select(person => posted.TextFor(person.Name))
                   .Any(text => (own is null || own == text) && message.Text.StartsWith(text, StringComparison.Ordinal) && message.MediaUrls.SequenceEqual(posted.MediaUrls))
               select $"message {message.Sid} of broadcast {message.BroadcastId} has another recipient's text or media";
    }
}
