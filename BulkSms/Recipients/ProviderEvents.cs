namespace BulkSms.Recipients;

/// <content>What the provider says of a message that it has. Its id is proof that the message was sent, whatever the row says.</content>
public abstract partial record RecipientEvent
{
    /// <summary>The provider took it: the answer to our call, or what its list shows.</summary>
    /// <param name="Sid">The provider's id of the message.</param>
    /// <param name="Word">The provider's word for it, one of <see cref="Recipients.ProviderStatus"/>.</param>
    /// <param name="At">When.</param>
    public sealed record Submitted(string Sid, string Word, DateTimeOffset At) : RecipientEvent
    {
        internal override Recipient? Apply(Recipient row) => !string.IsNullOrEmpty(row.Sid) ? null : row with
        {
            Status = ProviderStatus.StatusOf(Word),
            ProviderStatus = Word,
            Sid = Sid,
            SentAt = At,
            Code = null,
            Reason = null,
        };

        internal override IEnumerable<string> Columns(Recipient row) =>
            [RecipientColumns.Status, RecipientColumns.ProviderStatus, RecipientColumns.Sid, RecipientColumns.SentAt, RecipientColumns.Code, RecipientColumns.Reason];

        public override bool IsIn(Recipient row) => row.Sid == Sid;
    }

    /// <summary>A status callback, or an answer about a message: the row only moves forward.</summary>
    /// <param name="Sid">The provider's id of the message.</param>
    /// <param name="Word">The provider's word for it, one of <see cref="Recipients.ProviderStatus"/>.</param>
    /// <param name="Code">Twilio's code; 0: none.</param>
    /// <param name="Reason">In words; empty: none.</param>
    public sealed record Reported(string Sid, string Word, int Code, string Reason) : RecipientEvent
    {
        internal override Recipient? Apply(Recipient row) => !(string.IsNullOrEmpty(row.Sid) || row.Sid == Sid) || !ProviderStatus.MayFollow(row.ProviderStatus, Word) ? null : row with
        {
            Status = ProviderStatus.StatusAfter(row.Status, Word),
            ProviderStatus = Word,
            Sid = Sid,
            SentAt = string.IsNullOrEmpty(row.Sid) ? row.Timestamp : row.SentAt,
            Code = Code == 0 ? null : Code,
            Reason = Reason.Length == 0 ? null : Reason,
        };

        internal override IEnumerable<string> Columns(Recipient row)
        {
            string[] always = [RecipientColumns.Status, RecipientColumns.ProviderStatus, RecipientColumns.Code, RecipientColumns.Reason];
            return string.IsNullOrEmpty(row.Sid) ? [.. always, RecipientColumns.Sid, RecipientColumns.SentAt] : always;
        }
    }

    /// <summary>A second message is out for it: noted beside the first.</summary>
    /// <param name="Sid">The provider's id of the second.</param>
    public sealed record SentTwice(string Sid) : RecipientEvent
    {
        internal override Recipient? Apply(Recipient row) => string.IsNullOrEmpty(row.Sid) || row.Sid == Sid || row.OtherSids?.Contains(Sid, StringComparison.Ordinal) == true
            ? null
            : row with { OtherSids = string.IsNullOrEmpty(row.OtherSids) ? Sid : $"{row.OtherSids},{Sid}" };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.OtherSids];

        public override bool IsIn(Recipient row) => row.OtherSids?.Contains(Sid, StringComparison.Ordinal) == true;
    }

    /// <summary>A link of its message was followed.</summary>
    /// <param name="Id">Tells the click from others on the same message.</param>
    public sealed record Clicked(string Id) : RecipientEvent
    {
        /// <summary>How many clicks are known again. Repeats come soon after the first.</summary>
        private const int Remembered = 20;

        internal override Recipient? Apply(Recipient row) => string.IsNullOrEmpty(row.Sid) || IsIn(row) ? null : row with
        {
            Clicks = row.Clicks + 1,
            LastClicks = string.Join(',', (row.LastClicks ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Append(Id).TakeLast(Remembered)),
        };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.Clicks, RecipientColumns.LastClicks];

        public override bool IsIn(Recipient row) => row.LastClicks?.Split(',').Contains(Id, StringComparer.Ordinal) == true;
    }

    /// <summary>The provider was asked about it and had no news.</summary>
    public sealed record Polled(DateTimeOffset At) : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) => row with { PolledAt = At };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.PolledAt];
    }

    /// <summary>The provider's last word has not come for so long that it is not waited for any more. It may still come, and counts then.</summary>
    public sealed record Closed : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) => row with { Status = RecipientStatus.Unknown, Reason = "Twilio never told its final status" };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.Status, RecipientColumns.Reason];
    }
}
