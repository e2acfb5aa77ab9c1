using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Chaos;
using BulkSms.Chaos.Invariants;
using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.Tests.Chaos;

/// <summary>A checker that cannot fail is worth nothing: each invariant is broken once, in evidence that is otherwise good.</summary>
public sealed class InvariantTests
{
    private static readonly Evidence Good = ForgedRun.Evidence;

    /// <summary>What is wrong, the invariant that must say so, and the evidence.</summary>
    private static readonly (string Name, int Number, Evidence Evidence)[] Forgeries =
    [
        ("a second message to one recipient", 1, Good with { Messages = [.. Good.Messages, Good.Messages[0] with { Sid = "SM2" }] }),
        ("a row is missing", 2, Good with { Rows = [Good.Rows[0]] }),
        ("a row too many", 2, Good with { Rows = [.. Good.Rows, ForgedRun.Row("+15550000003", RecipientStatus.Delivered)] }),
        ("the API leaves one out", 2, Good with { Pages = Page(Good.Rows[0]) }),
        ("a recipient is forgotten", 3, Replaced(ForgedRun.Row(ForgedRun.Sent, RecipientStatus.Pending))),
        ("a claim whose holder died", 3, Replaced(Good.Rows[0] with { Status = RecipientStatus.Sending, ProviderStatus = null, Sid = null })),
        ("an unproved call", 3, Replaced(Good.Rows[0] with { Status = RecipientStatus.Unconfirmed, ProviderStatus = null, Sid = null })),
        ("a refusal that is told nowhere", 3, Replaced(Good.Rows[1] with { PoisonedAt = null })),
        ("a message on no row", 4, Good with { Messages = [.. Good.Messages, new("SM2", ForgedRun.Refused, ForgedRun.BroadcastId, "Hello")] }),
        ("a SID that Twilio never gave", 4, Good with { Messages = [] }),
        ("a SID of another number", 4, Good with { Messages = [new(ForgedRun.Sid, ForgedRun.Refused, ForgedRun.BroadcastId, "Hello")] }),
        ("another recipient's text", 4, Good with { Messages = [Good.Messages[0] with { Text = "Hell" }] }),
        ("sent, though it is called canceled", 5, Replaced(Good.Rows[0] with { Status = RecipientStatus.Canceled, ProviderStatus = null })),
        ("sent, though it is called expired", 5, Replaced(Good.Rows[0] with { Status = RecipientStatus.Expired, ProviderStatus = null })),
        ("two calls under one claim", 6, Good with { Calls = [.. Good.Calls, ForgedRun.Call(ForgedRun.Sent, "c1")] }),
        ("a refusal without a poison entry", 6, Good with { Poison = [] }),
        ("a refusal with two poison entries", 6, Good with { Poison = [.. Good.Poison, .. Good.Poison] }),
        ("a poison entry for nothing", 6, Good with { Poison = [.. Good.Poison, new(ForgedRun.BroadcastId, ForgedRun.Key(ForgedRun.Sent).Id, "c1")] }),
        ("a refusal that was retried", 6, With(
            ForgedRun.Refused,
            (RecipientStatus.Sending, null, "c2"), (RecipientStatus.Pending, null, null), (RecipientStatus.Sending, null, "c3"), (RecipientStatus.Rejected, null, null))),
        ("a replay to a recipient with a SID", 6, Good with { RowsBeforeReplay = Good.Rows, ReplayedAt = ForgedRun.Begun }),
        ("a call while paused", 7, Held(new("pause", ForgedRun.BroadcastId, null, ForgedRun.Begun.AddSeconds(-10)))),
        ("a call while suspended", 7, Held(new("suspend", null, null, ForgedRun.Begun.AddSeconds(-10)))),
        ("a call after STOP", 7, Held(new("STOP", null, ForgedRun.Sent, ForgedRun.Begun.AddSeconds(-10)))),
        ("one key, two broadcasts", 8, Also("another")),
        ("accepted and lost", 8, Good with { Broadcasts = [] }),
        ("stored, and no caller knows", 8, Good with { Posted = [] }),
        ("a transition backwards", 9, With(ForgedRun.Sent, (RecipientStatus.Sending, null, "c1"), (RecipientStatus.Delivered, ForgedRun.Sid, null), (ProviderStatus.Sent, null, null))),
        ("a replay that was not asked for", 9, With(
            ForgedRun.Refused, (RecipientStatus.Sending, null, "c2"), (RecipientStatus.Rejected, null, null), (RecipientStatus.Pending, null, null))),
        ("a write under no ETag", 9, Good with { HistoryOf = _ => ForgedRun.History((RecipientStatus.Sending, null, "c1")) with { Unplaced = 1 } }),
        ("a history that ends elsewhere", 9, With(ForgedRun.Sent, (RecipientStatus.Sending, null, "c1"))),
        ("stored totals that are wrong", 9, Good with { Broadcasts = [Good.Broadcasts[0] with { Totals = new Dictionary<string, int> { [RecipientStatus.Delivered] = 2 } }] }),
        ("a broadcast that is never completed", 9, Good with { Broadcasts = [Good.Broadcasts[0] with { Totals = null }] }),
        ("totals that the API does not show", 9, Good with { Views = ForgedRun.From(Good.Rows[0]).Views }),
        ("a call long after its claim", 10, Good with { Calls = [ForgedRun.Call(ForgedRun.Sent, "c1") with { At = ForgedRun.Begun.AddSeconds(3) }] }),
        ("a call without a claim", 10, Good with { Claims = new Dictionary<string, DateTimeOffset>() }),
        ("a message on two rows", 4, WithRows(Good.Rows[0], Good.Rows[1] with { Status = RecipientStatus.Delivered, ProviderStatus = ProviderStatus.Delivered, Sid = ForgedRun.Sid })),
        ("another's message noted on a row", 4, Replaced(Good.Rows[0] with { OtherSids = "SM2" })),
        ("the poster was told another number", 2, Good with { Posted = [Told(3)] }),
        ("a recipient of whom a system was not told", 18, Good with { Told = [ForgedRun.Told(ForgedRun.Sent, RecipientStatus.Delivered)] }),
        ("a recipient of whom a system was told too little", 18, Good with { Told = [ForgedRun.Told(ForgedRun.Sent, RecipientStatus.Unknown), ForgedRun.Told(ForgedRun.Refused, RecipientStatus.Rejected)] }),
        ("a status that was told and never was", 18, Good with { Told = [.. ForgedRun.AllTold, ForgedRun.Told(ForgedRun.Refused, RecipientStatus.Failed) with { Sequence = 0 }] }),
        ("a number that was told wrongly", 18, Good with { Told = [.. ForgedRun.AllTold, ForgedRun.Told(ForgedRun.Sent, RecipientStatus.Delivered) with { To = ForgedRun.Refused }] }),
        ("a recipient that was told and is none", 18, Good with { Told = [.. ForgedRun.AllTold, ForgedRun.Told("+15550000009", RecipientStatus.Delivered)] }),
        ("a host that did not end", 12, Good with { Ends = [null] }),
        ("a host that ended with a fault", 12, Good with { Ends = [(134, TimeSpan.FromSeconds(1))] }),
        ("a host that took too long to end", 12, Good with { Ends = [(0, TimeSpan.FromSeconds(41))] }),
        ("nothing was accepted", 13, Good with { Posted = [new("another key", "Hello", [])] }),
        ("nothing was sent", 13, Good with { Messages = [] }),
        ("an operator without an answer", 13, Good with { Unanswered = ["sending/resume"] }),
        ("a replay without effect", 13, Good with { RowsBeforeReplay = [Good.Rows[1] with { Code = 21614 }], ReplayedAt = ForgedRun.Begun.AddSeconds(10) }),
        ("rejected by an outage", 14, Good with { Calls = [Good.Calls[0], Good.Calls[1] with { Code = 20503 }] }),
        ("given up after so many attempts", 14, Good with { Calls = [Good.Calls[0], Good.Calls[1] with { Code = null, Fault = "DropBeforeProcessing" }] }),
        ("a STOP that was never heard", 15, Good with { Unheard = [new(ForgedRun.Refused, IsTaken: false)] }),
        ("a STOP that was said to be taken while storage was away", 15, Good with { Unheard = [new(ForgedRun.Refused, IsTaken: true)], OptedOut = new HashSet<string> { ForgedRun.Refused } }),
        ("a message that waits after a STOP was heard", 15, Replaced(ForgedRun.Row(ForgedRun.Sent, RecipientStatus.Pending)) with
        {
            Unheard = [new(ForgedRun.Sent, IsTaken: false)], OptedOut = new HashSet<string> { ForgedRun.Sent },
        }),
        ("an old START that undoes a STOP", 16, Good with { Left = [ForgedRun.Sent] }),
        ("a call by another account", 17, Good with { Calls = [Good.Calls[0] with { Account = "AC2" }, Good.Calls[1]] }),
        ("a call before the approval", 19, Approved(ApprovalStatus.Approved, new Decision(ForgedRun.BroadcastId, true, false, ForgedRun.Begun.AddSeconds(1)))),
        ("a call though only its own caller approved", 19, Approved(ApprovalStatus.Approved, new Decision(ForgedRun.BroadcastId, true, true, ForgedRun.Begun.AddSeconds(-1)))),
        ("a call of what was rejected", 19, Approved(ApprovalStatus.Rejected, new Decision(ForgedRun.BroadcastId, true, false, ForgedRun.Begun.AddSeconds(-1)))),
        ("a call of what has expired", 19, Approved(ApprovalStatus.Expired)),
        ("approved and rejected", 19, Approved(
            ApprovalStatus.Approved, Made(new(ForgedRun.BroadcastId, true, false, ForgedRun.Begun.AddSeconds(-1))), Made(new(ForgedRun.BroadcastId, false, false, ForgedRun.Begun.AddSeconds(-1))))),
        ("approved by its own caller", 19, Approved(
            ApprovalStatus.Approved, new(ForgedRun.BroadcastId, true, false, ForgedRun.Begun.AddSeconds(-1)), Made(new(ForgedRun.BroadcastId, true, true, ForgedRun.Begun)))),
        ("an approval that was forgotten", 19, Approved(ApprovalStatus.Awaiting)),
        ("an approval that was never asked for", 19, Approved(null)),
        ("more than the rate in ten seconds", 21, Good with { SegmentsPerSecond = 0.1 }),
        ("a queue that does not run empty", 11, Good with { Queues = new Dictionary<string, int> { ["sms-outbound"] = 1 } }),
    ];

    private static Decision Made(Decision decision)
    {
        decision.IsMade = true;
        return decision;
    }

    private static Evidence Approved(string? approval, params Decision[] decisions)
    {
        var posted = new Posted("key", "Hello", [ForgedRun.Sent, ForgedRun.Refused]) { Plan = ApprovalPlan.Approve };
        posted.Accept(ForgedRun.BroadcastId, 2);
        return Good with { Posted = [posted], Broadcasts = [Good.Broadcasts[0] with { Approval = approval }], Decisions = decisions };
    }

    [Fact]
    public void Check_ApprovedBefore_IsNoViolation() => Assert.Empty(AllInvariants.Check(Approved(
        ApprovalStatus.Approved, Made(new(ForgedRun.BroadcastId, true, false, ForgedRun.Begun.AddSeconds(-1))), new(ForgedRun.BroadcastId, false, false, ForgedRun.Begun), new(ForgedRun.BroadcastId, true, true, ForgedRun.Begun))));

    public static TheoryData<string> Names => [.. Forgeries.Select(forgery => forgery.Name)];

    [Fact]
    public void Check_GoodRun_FindsNothing() => Assert.Empty(AllInvariants.Check(Good));

    [Fact]
    public void Check_PersonWhoIsErased_NeedNotBeReplayed() => Assert.Empty(AllInvariants.Check(
        Good with { RowsBeforeReplay = [Good.Rows[1] with { Code = 21614, To = "" }], ReplayedAt = ForgedRun.Begun.AddSeconds(10) }));

    [Fact]
    public void Check_GoodRunOfWhichASystemWasTold_FindsNothing() =>
        Assert.Empty(AllInvariants.Check(Good with { Told = [.. ForgedRun.AllTold, .. ForgedRun.AllTold, ForgedRun.Told(ForgedRun.Sent, RecipientStatus.Delivered) with { Sequence = 0 }] }));

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_ForgedRun_NamesTheInvariant(string name)
    {
        var (_, number, evidence) = Forgeries.Single(forgery => forgery.Name == name);

        Assert.Contains(AllInvariants.Check(evidence), violation => violation.StartsWith($"{number}: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_CallSoonAfterAHoldOrWhenItHasEnded_IsNoViolation() => Assert.Empty(AllInvariants.Check(Good with
    {
        Held =
        [
            new("pause", ForgedRun.BroadcastId, null, ForgedRun.Begun.AddSeconds(-5)),
            new("suspend", null, null, ForgedRun.Begun.AddSeconds(-20)) { Until = ForgedRun.Begun },
            new("STOP", null, ForgedRun.Refused + "9", ForgedRun.Begun.AddSeconds(-20)),
        ],
    }));

    [Fact]
    public void Check_TwoPeopleOnOnePhone_AreToldApartByTheirRow()
    {
        var posted = new Posted("key", "Hello {{name}}", [ForgedRun.Sent]) { IsPersonal = true, Shared = [ForgedRun.Sent] };
        posted.Accept(ForgedRun.BroadcastId, 2);
        var keys = Enumerable.Range(0, 2).Select(copy => RecipientKey.Of(ForgedRun.BroadcastId, ForgedRun.Sent, 1, copy)).ToArray();
        var people = posted.People.Select((person, i) => Good.Rows[0] with { Key = keys[i], Text = posted.TextFor(person.Name), Sid = $"SM{i}", ClaimId = $"c{i}" }).ToArray();
        var both = ForgedRun.From(people) with
        {
            Posted = [posted],
            Messages = [.. people.Select(row => new TakenMessage(row.Sid!, row.To, ForgedRun.BroadcastId, row.Text!, row.Key.Id))],
            Calls = [.. people.Select(row => ForgedRun.Call(row.To, row.ClaimId!) with { RecipientKey = row.Key.Id })],
            Claims = people.ToDictionary(row => row.ClaimId!, _ => ForgedRun.Begun),
        };

        Assert.DoesNotContain(AllInvariants.Check(both), violation => !violation.StartsWith("13: ", StringComparison.Ordinal)); // nothing was refused
        var swapped = both with { Messages = [.. both.Messages.Select((message, i) => message with { Text = people[1 - i].Text! })] };
        Assert.Contains(AllInvariants.Check(swapped), violation => violation.StartsWith("4: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_RefusalRepeatedAfterItsAnswerWasLost_IsNoViolation() => Assert.Empty(AllInvariants.Check(With(
        ForgedRun.Refused,
        (RecipientStatus.Sending, null, "c2"), (RecipientStatus.Unconfirmed, null, null), (RecipientStatus.Pending, null, null),
        (RecipientStatus.Sending, null, "c3"), (RecipientStatus.Rejected, null, null)) with
    {
        Poison = [new(ForgedRun.BroadcastId, ForgedRun.Key(ForgedRun.Refused).Id, "c3")],
    }));

    [Fact]
    public void Check_CallLateWhileThisProcessWasLate_IsForgivenThenAndOnlyThen()
    {
        var late = Good with { Calls = [Good.Calls[0] with { At = ForgedRun.Begun.AddSeconds(3) }, Good.Calls[1]] };

        Assert.Empty(AllInvariants.Check(late with { Lags = [new(ForgedRun.Begun.AddSeconds(3), TimeSpan.FromSeconds(2))] }));
        Assert.NotEmpty(AllInvariants.Check(late with { Lags = [new(ForgedRun.Begun.AddSeconds(30), TimeSpan.FromSeconds(2))] }));
    }

    [Fact]
    public void Check_TwoUnprovedCallsAndOneLooseMessage_IsNoViolation()
    {
        var rows = new[] { ForgedRun.Sent, ForgedRun.Refused }.Select(number => ForgedRun.Row(number, RecipientStatus.Unconfirmed) with { To = ForgedRun.Sent, ClaimId = "c1" });

        Assert.Equal([ForgedRun.Sent], Ambiguity.Numbers([.. rows], [new("SM9", ForgedRun.Sent, ForgedRun.BroadcastId, "Hello")]));
        Assert.Equal([ForgedRun.Sent], Ambiguity.Numbers([.. rows], [Loose("SM8", "Hello"), Loose("SM9", "Hello")]));
        Assert.Empty(Ambiguity.Numbers([.. rows], [Loose("SM8", "Hello"), Loose("SM9", "Hello again")])); // the texts tell
        Assert.Empty(Ambiguity.Numbers([.. rows], []));
        Assert.Empty(Ambiguity.Numbers([rows.First()], [new("SM9", ForgedRun.Sent, ForgedRun.BroadcastId, "Hello")]));
    }

    [Fact]
    public void Check_WhoLeftIsOnTheList_IsNoViolation() => Assert.Empty(AllInvariants.Check(Good with
    {
        Unheard = [new(ForgedRun.Sent, IsTaken: false)], Left = [ForgedRun.Refused], OptedOut = new HashSet<string> { ForgedRun.Sent, ForgedRun.Refused },
    }));

    [Fact]
    public void Check_RejectedBecauseTheHostFailedTooOften_IsNoViolation() => Assert.Empty(AllInvariants.Check(Replaced(
        Good.Rows[1] with { Reason = "given up: the Functions host failed on it 3 times" }) with { Calls = [Good.Calls[0]] }));

    private static TakenMessage Loose(string sid, string text) => new(sid, ForgedRun.Sent, ForgedRun.BroadcastId, text);

    private static Evidence WithRows(params Recipient[] rows) => Good with { Rows = rows };

    private static Posted Told(int recipients)
    {
        var posted = new Posted("key", "Hello", Good.Posted[0].Numbers);
        posted.Accept(ForgedRun.BroadcastId, recipients);
        return posted;
    }

    private static Evidence Replaced(Recipient row)
    {
        var from = ForgedRun.From([.. Good.Rows.Select(each => each.To == row.To ? row : each)]);
        return Good with { Rows = from.Rows, HistoryOf = from.HistoryOf, Views = from.Views, Pages = from.Pages };
    }

    private static Evidence With(string number, params (string? Status, string? Sid, string? ClaimId)[] writes) => Good with
    {
        HistoryOf = key => key == ForgedRun.Key(number) ? ForgedRun.History(writes) : Good.HistoryOf(key),
    };

    private static Evidence Held(HeldTime held) => Good with { Held = [held] };

    private static Dictionary<string, IReadOnlyList<RecipientView>> Page(params Recipient[] rows) =>
        new() { [ForgedRun.BroadcastId] = [.. rows.Select(row => RecipientView.Of(row, null))] };

    private static Evidence Also(string id)
    {
        var posted = new Posted("key", "Hello", Good.Posted[0].Numbers);
        posted.Accept(ForgedRun.BroadcastId, 2);
        posted.Ids.TryAdd(id, true);
        return Good with { Posted = [posted] };
    }
}
