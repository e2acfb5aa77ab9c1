using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Actors;
using BulkSms.Chaos.Storage;
using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.Chaos.Invariants;

/// <summary>Everything that is known of a run when it is at rest: what was asked for, what is stored, what the API shows, what Twilio saw.</summary>
public sealed record Evidence
{
    private static readonly TimeSpan NearBy = TimeSpan.FromSeconds(5);

    public IReadOnlyList<Posted> Posted { get; init; } = [];

    public IReadOnlyList<StoredBroadcast> Broadcasts { get; init; } = [];

    public IReadOnlyList<Recipient> Rows { get; init; } = [];

    /// <summary>How each row came to be as it is; null for one whose writes were not all seen.</summary>
    public Func<RecipientKey, RowHistory?> HistoryOf { get; init; } = _ => null;

    /// <summary>Broadcasts as the API shows them, by id.</summary>
    public IReadOnlyDictionary<string, BroadcastView> Views { get; init; } = new Dictionary<string, BroadcastView>();

    /// <summary>Recipients as the API pages through them, by broadcast.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<RecipientView>> Pages { get; init; } = new Dictionary<string, IReadOnlyList<RecipientView>>();

    /// <summary>What Twilio took.</summary>
    public IReadOnlyList<TakenMessage> Messages { get; init; } = [];

    /// <summary>What arrived at Twilio, whatever came of it.</summary>
    public IReadOnlyList<ArrivedCall> Calls { get; init; } = [];

    /// <summary>When each claim was first seen on its way to storage.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Claims { get; init; } = new Dictionary<string, DateTimeOffset>();

    public IReadOnlyList<PoisonEntry> Poison { get; init; } = [];

    /// <summary>Queue messages that the host put into a poison queue by itself.</summary>
    public int GivenUpByHost { get; init; }

    public IReadOnlyCollection<HeldTime> Held { get; init; } = [];

    /// <summary>Numbers that are on the opt-out list.</summary>
    public IReadOnlySet<string> OptedOut { get; init; } = new HashSet<string>();

    /// <summary>STOPs that came while storage was away and were not repeated.</summary>
    public IReadOnlyCollection<UnheardStop> Unheard { get; init; } = [];

    /// <summary>Numbers whose last word was STOP, and whose old START was sent again.</summary>
    public IReadOnlyCollection<string> Left { get; init; } = [];

    /// <summary>Approvals and rejections that were asked for.</summary>
    public IReadOnlyCollection<Decision> Decisions { get; init; } = [];

    /// <summary>Broadcasts that were asked to be resumed.</summary>
    public IReadOnlyCollection<Resumption> Resumptions { get; init; } = [];

    /// <summary>Numbers of people who are erased.</summary>
    public IReadOnlySet<string> Erased { get; init; } = new HashSet<string>();

    /// <summary>Messages left in each queue that should be empty.</summary>
    public IReadOnlyDictionary<string, int> Queues { get; init; } = new Dictionary<string, int>();

    /// <summary>What a receiver of events was told of recipients; null: there was none.</summary>
    public IReadOnlyList<ToldRecipient>? Told { get; init; }

    /// <summary>Replays that were asked for.</summary>
    public int Replays { get; init; }

    /// <summary>The rows at rest, before everything was replayed; and when that began.</summary>
    public IReadOnlyList<Recipient> RowsBeforeReplay { get; init; } = [];

    public DateTimeOffset ReplayedAt { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Segments a second that both hosts together may hand to Twilio, by one account.</summary>
    public double SegmentsPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>When all this was read.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>When this process ran late, and by how much.</summary>
    public IReadOnlyList<Lag> Lags { get; init; } = [];

    public TimeSpan WorstLag => Lags.Select(lag => lag.By).DefaultIfEmpty().Max();

    /// <summary>How hosts that were told to stop have ended; null: one did not.</summary>
    public IReadOnlyCollection<(int ExitCode, TimeSpan Took)?> Ends { get; init; } = [];

    /// <summary>Requests of an operator without an answer.</summary>
    public IReadOnlyCollection<string> Unanswered { get; init; } = [];

    /// <summary>
    /// How much later than it was made a call may be seen that arrived at a time: the proxy and the simulator have their ways too, and the machine is shared. What
    /// this process was late by long before or after forgives nothing.
    /// </summary>
    public TimeSpan SlackAt(DateTimeOffset at) =>
        TimeSpan.FromSeconds(1) + Lags.Where(lag => (lag.At - at).Duration() < NearBy + lag.By).Select(lag => lag.By).DefaultIfEmpty().Max();

    /// <summary>Numbers of which it cannot be told whose message is whose.</summary>
    public IReadOnlySet<string> Ambiguous => field ??= Ambiguity.Numbers(Rows, Messages);
}

/// <summary>A Broadcast row.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RecipientsCount">Unique recipients, as the poster was told.</param>
/// <param name="Totals">Recipients by status when it was completed; null before.</param>
/// <param name="IsCanceled">Whether it was canceled, heard or not.</param>
/// <param name="Account">The Twilio account that it was accepted for.</param>
/// <param name="Approval">How it stands with the approval that it needs; null: it needs none.</param>
public sealed record StoredBroadcast(string Id, int RecipientsCount, IReadOnlyDictionary<string, int>? Totals, bool IsCanceled = false, string? Account = null, string? Approval = null)
{
    /// <summary>What came of its first part; null: it has none.</summary>
    public CanaryResult? FirstPart { get; init; }
}

/// <summary>A message that Twilio took.</summary>
/// <param name="Sid">Its id.</param>
/// <param name="To">The number.</param>
/// <param name="BroadcastId">From its callback address.</param>
/// <param name="Text">Its text.</param>
/// <param name="RecipientKey">The row, from its callback address: a number may have several in one broadcast.</param>
public sealed record TakenMessage(string Sid, string To, string? BroadcastId, string Text, string? RecipientKey = null)
{
    /// <summary>Addresses of its media.</summary>
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>Which row's message it is.</summary>
    public (string? BroadcastId, string? RecipientKey) Row => (BroadcastId, RecipientKey);
}

/// <summary>A call that arrived at Twilio.</summary>
/// <param name="To">The number.</param>
/// <param name="BroadcastId">From its callback address.</param>
/// <param name="ClaimId">From its callback address.</param>
/// <param name="At">When.</param>
/// <param name="Code">Twilio's code in the answer; null when there was none.</param>
/// <param name="Fault">What went wrong with it; null: nothing.</param>
/// <param name="Account">The Twilio account at which it arrived.</param>
/// <param name="RecipientKey">The row, from its callback address.</param>
public sealed record ArrivedCall(
    string To, string? BroadcastId, string? ClaimId, DateTimeOffset At, int? Code, string? Fault = null, string? Account = null, string? RecipientKey = null)
{
    /// <summary>What it takes of the rate: an MMS counts as one.</summary>
    public int Segments { get; init; } = PostedBroadcasts.Segments;

    /// <summary>Which row's call it is.</summary>
    public (string? BroadcastId, string? RecipientKey) Row => (BroadcastId, RecipientKey);
}

/// <summary>A refusal as it is kept, once for each claim.</summary>
public sealed record PoisonEntry(string BroadcastId, string RecipientKey, string ClaimId);
