namespace BulkSms.Replies;

/// <summary>A text from a phone that is no opt-out, no opt-in and nothing for a person to decide on.</summary>
/// <param name="Sid">Twilio's id of the message.</param>
/// <param name="From">Who sent it: E.164, or what the sender is called, as it came.</param>
/// <param name="ReceivedAt">When BulkSms received it.</param>
/// <param name="Text">What it says; at most 1,600 characters of it are kept. Empty: it has only media.</param>
/// <param name="Media">How many pictures and other files came with it. BulkSms does not keep them.</param>
public sealed record Reply(string Sid, string From, DateTimeOffset ReceivedAt, string Text, int Media)
{
    // A text and a number stay out of logs.
    public override string ToString() => Sid;
}

/// <summary>A page of replies, the newest first.</summary>
/// <param name="Replies">The page.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record ReplyPage(IReadOnlyList<Reply> Replies, string? Next);
