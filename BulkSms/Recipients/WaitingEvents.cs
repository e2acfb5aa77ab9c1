namespace BulkSms.Recipients;

/// <content>What happens while a recipient waits. The row stays pending, or it ends without a call.</content>
public abstract partial record RecipientEvent
{
    /// <summary>A sender that waits for the rate renews the row: its ETag and time change, so the sweeper sees that it is in living hands.</summary>
    public sealed record Renewed : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) => row;

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.Status];
    }

    /// <summary>It is not to be sent before a later time: quiet hours have begun.</summary>
    /// <param name="DueAt">The time.</param>
    public sealed record Postponed(DateTimeOffset DueAt) : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) => row with { DueAt = DueAt };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.DueAt];
    }

    /// <summary>It is held until a person decides.</summary>
    /// <param name="For">One of <see cref="Recipients.HeldFor"/>.</param>
    public sealed record Held(string For) : RecipientEvent
    {
        internal override Recipient? Apply(Recipient row) => row.HeldFor == For ? null : row with { HeldFor = For };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.HeldFor];
    }

    /// <summary>It is held no more.</summary>
    public sealed record Released : RecipientEvent
    {
        internal override Recipient? Apply(Recipient row) => row.HeldFor is null ? null : row with { HeldFor = null };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.HeldFor];
    }

    /// <summary>The Functions host gave up a queue message of it. That is no verdict about the recipient.</summary>
    /// <param name="MessageId">The queue message, so that none counts twice.</param>
    public sealed record QueueMessageGivenUp(string MessageId) : RecipientEvent
    {
        internal override Recipient? Apply(Recipient row) => row.GivenUpBy == MessageId ? null : row with { GivenUp = row.GivenUp + 1, GivenUpBy = MessageId };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.GivenUp, RecipientColumns.GivenUpBy];

        public override bool IsIn(Recipient row) => row.Status == RecipientStatus.Pending && row.GivenUpBy == MessageId;
    }

    /// <summary>Its number is on the opt-out list.</summary>
    public sealed record OptedOut(string Reason) : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) => row with { Status = RecipientStatus.OptedOut, Reason = Reason };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.Status, RecipientColumns.Reason];
    }

    /// <summary>Its broadcast was canceled.</summary>
    public sealed record Canceled : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) => row with { Status = RecipientStatus.Canceled, Reason = "the broadcast was canceled" };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.Status, RecipientColumns.Reason];
    }

    /// <summary>The person is to be erased: what waits for them is canceled first.</summary>
    public sealed record Erased : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) => row with { Status = RecipientStatus.Canceled, Reason = ErasedRecipient.Reason, HeldFor = null };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.Status, RecipientColumns.Reason, RecipientColumns.HeldFor];
    }

    /// <summary>Its time was over before it could be sent.</summary>
    public sealed record Expired : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) => row with { Status = RecipientStatus.Expired, Reason = "it expired before it could be sent" };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.Status, RecipientColumns.Reason];
    }

    /// <summary>It is refused without a call. It gets a claim id of its own, so that its poison message names this state of the row and no other.</summary>
    /// <param name="ClaimId">A new GUID.</param>
    /// <param name="Code">Twilio's code; 0: none.</param>
    /// <param name="Reason">In words.</param>
    public sealed record RejectedUnsent(string ClaimId, int Code, string Reason) : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) =>
            row with { Status = RecipientStatus.Rejected, ClaimId = ClaimId, Code = Code == 0 ? null : Code, Reason = Reason };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.Status, RecipientColumns.ClaimId, RecipientColumns.Code, RecipientColumns.Reason];

        public override bool IsIn(Recipient row) => row.Status == RecipientStatus.Rejected && row.ClaimId == ClaimId;
    }

    /// <summary>Endpoints are being told of its final status, or no one wants to know.</summary>
    /// <param name="Sequence">The sequence number of what is told: a later one is still to be told.</param>
    public sealed record Told(long Sequence) : RecipientEvent
    {
        internal override Recipient? Apply(Recipient row) => row.IsUntold && row.Sequence == Sequence ? row with { IsUntold = false } : null;

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.IsUntold];
    }

    /// <summary>A person sends it again after it was rejected.</summary>
    /// <param name="ClaimId">The claim that the poison message names: only that state of the row is replayed.</param>
    /// <param name="ExpiresAt">Its new expiry.</param>
    public sealed record Replayed(string ClaimId, DateTimeOffset ExpiresAt) : RecipientEvent
    {
        internal override Recipient? Apply(Recipient row) =>
            row.ClaimId != ClaimId || !string.IsNullOrEmpty(row.Sid) || !string.IsNullOrEmpty(row.OtherSids)
                ? null
                : row with
                {
                    Status = RecipientStatus.Pending,
                    Attempt = 0,
                    DueAt = null,
                    ExpiresAt = ExpiresAt,
                    PoisonedAt = null,
                    GivenUp = 0,
                    Code = null,
                    Reason = "replayed",
                };

        internal override IEnumerable<string> Columns(Recipient row) =>
        [
            RecipientColumns.Status, RecipientColumns.Attempt, RecipientColumns.DueAt, RecipientColumns.ExpiresAt, RecipientColumns.PoisonedAt, RecipientColumns.GivenUp,
            RecipientColumns.Code, RecipientColumns.Reason,
        ];

        public override bool IsIn(Recipient row) => row.Status == RecipientStatus.Pending && row.ClaimId == ClaimId;
    }
}
