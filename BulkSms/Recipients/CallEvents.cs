namespace BulkSms.Recipients;

/// <content>What happens around a call: the claim, what came of it, and what is concluded when that is not known.</content>
public abstract partial record RecipientEvent
{
    /// <summary>A sender takes it for one call.</summary>
    /// <param name="ClaimId">A GUID of this delivery's own.</param>
    /// <param name="Account">The Twilio account that is called.</param>
    /// <param name="Service">The Messaging Service.</param>
    public sealed record Claimed(string ClaimId, string Account, string Service) : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) =>
            row with { Status = RecipientStatus.Sending, ClaimId = ClaimId, Attempt = row.Attempt + 1, Account = Account, Service = Service };

        internal override IEnumerable<string> Columns(Recipient row) =>
            [RecipientColumns.Status, RecipientColumns.ClaimId, RecipientColumns.Attempt, RecipientColumns.Account, RecipientColumns.Service];

        public override bool IsIn(Recipient row) => row.Status == RecipientStatus.Sending && row.ClaimId == ClaimId;
    }

    /// <summary>
    /// A result of a claim's call without a message id: written only while the row is still that claim's own, carries no id, and is not in doubt since a restore. Of a message that was
    /// sent before the restore the call tells nothing.
    /// </summary>
    /// <param name="ClaimId">The claim.</param>
    /// <param name="Code">Twilio's code; 0: none.</param>
    /// <param name="Reason">In words.</param>
    public abstract record CallResult(string ClaimId, int Code, string Reason) : RecipientEvent
    {
        /// <summary>The status that it leads to.</summary>
        protected abstract string To { get; }

        internal sealed override Recipient? Apply(Recipient row) =>
            row.ClaimId == ClaimId && string.IsNullOrEmpty(row.Sid) && row.SuspectFrom is null ? Apply(row with { Status = To, Code = Code == 0 ? null : Code, Reason = Reason }, row) : null;

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.Status, RecipientColumns.Code, RecipientColumns.Reason];

        public sealed override bool IsIn(Recipient row) => row.ClaimId == ClaimId && string.IsNullOrEmpty(row.Sid) && row.Status == To;

        /// <summary>What else it changes.</summary>
        /// <param name="after">The row with its new status.</param>
        /// <param name="before">The row as it was.</param>
        protected virtual Recipient Apply(Recipient after, Recipient before) => after;
    }

    /// <summary>The provider surely did not process it: it waits again, and the call was no attempt.</summary>
    /// <param name="ClaimId">The claim.</param>
    /// <param name="DueAt">When it is due again.</param>
    /// <param name="Code">Twilio's code; 0: none.</param>
    /// <param name="Reason">In words.</param>
    public sealed record Returned(string ClaimId, DateTimeOffset DueAt, int Code, string Reason) : CallResult(ClaimId, Code, Reason)
    {
        protected override string To => RecipientStatus.Pending;

        protected override Recipient Apply(Recipient after, Recipient before) => after with { Attempt = before.Attempt - 1, DueAt = DueAt };

        internal override IEnumerable<string> Columns(Recipient row) => [.. base.Columns(row), RecipientColumns.Attempt, RecipientColumns.DueAt];
    }

    /// <summary>The account is refused: it waits, without a send job, until sending is resumed.</summary>
    public sealed record Suspended(string ClaimId, int Code, string Reason) : CallResult(ClaimId, Code, Reason)
    {
        protected override string To => RecipientStatus.Pending;

        protected override Recipient Apply(Recipient after, Recipient before) => after with { Attempt = before.Attempt - 1 };

        internal override IEnumerable<string> Columns(Recipient row) => [.. base.Columns(row), RecipientColumns.Attempt];
    }

    /// <summary>The provider refused it for good.</summary>
    public sealed record Rejected(string ClaimId, int Code, string Reason) : CallResult(ClaimId, Code, Reason)
    {
        protected override string To => RecipientStatus.Rejected;
    }

    /// <summary>The provider refused it because the recipient has opted out.</summary>
    public sealed record Blocked(string ClaimId, int Code, string Reason) : CallResult(ClaimId, Code, Reason)
    {
        protected override string To => RecipientStatus.OptedOut;
    }

    /// <summary>The provider may have it or not.</summary>
    /// <param name="ClaimId">The claim.</param>
    /// <param name="ClaimedAt">When the claim was made, by storage's clock.</param>
    /// <param name="Code">Twilio's code; 0: none.</param>
    /// <param name="Reason">In words.</param>
    public sealed record InDoubt(string ClaimId, DateTimeOffset ClaimedAt, int Code, string Reason) : CallResult(ClaimId, Code, Reason)
    {
        protected override string To => RecipientStatus.Unconfirmed;

        protected override Recipient Apply(Recipient after, Recipient before) => after with { ClaimedAt = ClaimedAt, AbsentAt = null };

        internal override IEnumerable<string> Columns(Recipient row) => [.. base.Columns(row), RecipientColumns.ClaimedAt, RecipientColumns.AbsentAt];
    }

    /// <summary>The sender that had claimed it is gone: its call may have been made.</summary>
    public sealed record ClaimLapsed : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) =>
            row with { Status = RecipientStatus.Unconfirmed, Reason = "the sender that had claimed it is gone", ClaimedAt = row.Timestamp, AbsentAt = null };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.Status, RecipientColumns.Reason, RecipientColumns.ClaimedAt, RecipientColumns.AbsentAt];
    }

    /// <summary>The first reading of the provider's list did not find it.</summary>
    /// <param name="At">When, by storage's clock.</param>
    public sealed record NotListed(DateTimeOffset At) : RecipientEvent
    {
        internal override Recipient? Apply(Recipient row) => row.AbsentAt is null ? row with { AbsentAt = At } : null;

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.AbsentAt];
    }

    /// <summary>It is proved that it was not sent: it waits, due at once, and the call was no attempt.</summary>
    public sealed record ProvedAbsent : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) => row with
        {
            Status = RecipientStatus.Pending,
            Reason = "Twilio does not have it",
            Attempt = row.Attempt > 0 ? row.Attempt - 1 : 0,
            Absences = row.Absences + 1,
            DueAt = null,
            SuspectFrom = null,
        };

        internal override IEnumerable<string> Columns(Recipient row) =>
            [RecipientColumns.Status, RecipientColumns.Reason, RecipientColumns.Attempt, RecipientColumns.Absences, RecipientColumns.DueAt, RecipientColumns.SuspectFrom];
    }

    /// <summary>It could not be proved, and is sent again because the settings say so: it waits, due at once.</summary>
    public sealed record SentAgain : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) => row with { Status = RecipientStatus.Pending, Reason = "it could not be proved", DueAt = null, SuspectFrom = null };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.Status, RecipientColumns.Reason, RecipientColumns.DueAt, RecipientColumns.SuspectFrom];
    }

    /// <summary>Storage was restored to an earlier time, and it may have been sent since: it is reconciled before anything is sent.</summary>
    /// <param name="At">Now, by storage's clock.</param>
    /// <param name="Since">The time that storage was restored to.</param>
    /// <param name="Account">The account of its broadcast.</param>
    /// <param name="Service">The Messaging Service of its broadcast.</param>
    public sealed record Doubted(DateTimeOffset At, DateTimeOffset Since, string? Account, string? Service) : RecipientEvent
    {
        // It is in doubt already, or cannot have been sent before it was due.
        internal override Recipient? Apply(Recipient row) => row.SuspectFrom <= Since || (row.Status == RecipientStatus.Pending && row.DueAt > At) ? null : row with
        {
            Status = RecipientStatus.Unconfirmed,
            Reason = "storage was restored to an earlier time",
            ClaimedAt = At,
            SuspectFrom = row.ClaimedAt < Since ? row.ClaimedAt : Since,
            AbsentAt = null,
            Account = row.Account ?? Account,
            Service = row.Service ?? Service,
        };

        internal override IEnumerable<string> Columns(Recipient row) =>
        [
            RecipientColumns.Status, RecipientColumns.Reason, RecipientColumns.ClaimedAt, RecipientColumns.SuspectFrom, RecipientColumns.AbsentAt, RecipientColumns.Account,
            RecipientColumns.Service,
        ];
    }

    /// <summary>Its poison message is written.</summary>
    public sealed record PoisonWritten(DateTimeOffset At) : RecipientEvent
    {
        internal override Recipient Apply(Recipient row) => row with { PoisonedAt = At };

        internal override IEnumerable<string> Columns(Recipient row) => [RecipientColumns.PoisonedAt];
    }
}
