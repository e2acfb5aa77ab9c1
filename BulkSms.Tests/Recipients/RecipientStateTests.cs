using System.Reflection;
using Azure;
using Azure.Data.Tables;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Tests.Recipients;

/// <summary>The state machine of a recipient, over every status, word and event.</summary>
public sealed class RecipientStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RecipientKey Key = RecipientKey.Of("b", "+15551230001", 1);
    private const string Claim = "claim";

    private static readonly string?[] Words =
    [
        null, ProviderStatus.Accepted, ProviderStatus.Queued, ProviderStatus.Sending, ProviderStatus.Sent, ProviderStatus.PartiallyDelivered, ProviderStatus.Delivered,
        ProviderStatus.Undelivered, ProviderStatus.Failed, ProviderStatus.Canceled, ProviderStatus.Read,
    ];

    /// <summary>Every event, with the values that fit the rows below.</summary>
    private static IReadOnlyList<RecipientEvent> Events { get; } =
    [
        new RecipientEvent.Renewed(), new RecipientEvent.Postponed(Now.AddHours(1)), new RecipientEvent.Held(HeldFor.OptOutReview), new RecipientEvent.Released(),
        new RecipientEvent.QueueMessageGivenUp("m"), new RecipientEvent.OptedOut("r"), new RecipientEvent.Canceled(), new RecipientEvent.Erased(), new RecipientEvent.Expired(),
        new RecipientEvent.RejectedUnsent("new", 1, "r"), new RecipientEvent.Replayed(Claim, Now.AddDays(1)), new RecipientEvent.Claimed("new", "AC", "MG"),
        new RecipientEvent.Returned(Claim, Now, 20429, "r"), new RecipientEvent.Suspended(Claim, 20003, "r"), new RecipientEvent.Rejected(Claim, 21614, "r"),
        new RecipientEvent.Blocked(Claim, 21610, "r"), new RecipientEvent.InDoubt(Claim, Now, 0, "r"), new RecipientEvent.ClaimLapsed(), new RecipientEvent.NotListed(Now),
        new RecipientEvent.SentAgain(), new RecipientEvent.ProvedAbsent(), new RecipientEvent.Doubted(Now, Now.AddHours(-1), "AC", "MG"), new RecipientEvent.PoisonWritten(Now),
        new RecipientEvent.Submitted("SM1", ProviderStatus.Queued, Now), new RecipientEvent.Reported("SM1", ProviderStatus.Delivered, 0, ""),
        new RecipientEvent.Reported("SM1", ProviderStatus.Sent, 0, ""), new RecipientEvent.Reported("SM2", ProviderStatus.Read, 0, ""), new RecipientEvent.SentTwice("SM2"),
        new RecipientEvent.Clicked("one"), new RecipientEvent.Polled(Now), new RecipientEvent.Closed(), new RecipientEvent.Told(7),
    ];

    private static IEnumerable<Recipient> Rows =>
        from status in RecipientStatus.All
        from word in Words
        from sid in word is null ? new string?[] { null } : ["SM1"]
        from claim in new[] { null, Claim, "another" }
        let row = Row(status, word, sid, claim)
        where IsPossible(row)
        select row;

    public static Recipient Row(string status, string? word = null, string? sid = null, string? claimId = null) => new()
    {
        Key = Key, To = "+15551230001", Status = status, ProviderStatus = word, Sid = sid, ClaimId = claimId, Attempt = 1, ETag = new("e"), Timestamp = Now.AddMinutes(-5),
    };

    [Fact]
    public void Rules_EveryEvent_HasOne()
    {
        var events = typeof(RecipientEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(RecipientEvent)) && !type.IsAbstract).ToHashSet();

        Assert.Equal(events, RecipientState.Rules.Select(rule => rule.Event).ToHashSet());
        Assert.Equal(events, Events.Select(each => each.GetType()).ToHashSet());
        Assert.Equal(RecipientState.Rules.Count, events.Count);
    }

    [Fact]
    public void After_AnyEventInAnyRow_IsAllowedByTheSpecification()
    {
        var steps = (from row in Rows from each in Events let step = RecipientState.After(row, each) where step is not null select (each, step)).ToArray();

        Assert.True(steps.Length > 100, $"{steps.Length}");
        Assert.All(steps, each => Assert.Null(TransitionSpecification.Fault(each.step.Before, each.step.After)));
        Assert.All(steps, each => Assert.True(RecipientState.Allows(each.step.Before, each.step.After), $"{each}"));
    }

    [Fact]
    public void Allows_AnyTwoRows_SaysWhatTheSpecificationSays()
    {
        var rows = Rows.ToArray();
        var differ = from before in rows from after in rows
                     let fault = TransitionSpecification.Fault(before, after)
                     where RecipientState.Allows(before, after) != fault is null
                     select $"{before.Status} {before.ProviderStatus} {before.ClaimId} → {after.Status} {after.ProviderStatus} {after.ClaimId}: {fault}";

        Assert.Empty(differ.Take(20));
    }

    [Fact]
    public void After_WhateverHappens_NoMessageIdIsLost() => Assert.All(
        from row in Rows from each in Events let step = RecipientState.After(row, each) where step is not null && row.Sid is not null select step,
        step => Assert.Equal(step.Before.Sid, step.After.Sid));

    [Fact]
    public void After_EndedWithoutAMessage_OnlyAProofOrAReplayMovesIt()
    {
        string[] ended = [RecipientStatus.OptedOut, RecipientStatus.Canceled, RecipientStatus.Expired, RecipientStatus.Rejected];

        var moved = from status in ended from each in Events
                    where RecipientState.After(Row(status, claimId: Claim), each) is { } step && step.After.Status != status
                    select (status, each.GetType().Name);

        Assert.Equal(
            ["Replayed", "Reported", "Submitted"],
            moved.Select(each => each.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal(RecipientStatus.Rejected, Assert.Single(moved, each => each.Name == "Replayed").status);
    }

    [Fact]
    public void After_ResultOfAnothersClaim_IsRefused()
    {
        var results = Events.OfType<RecipientEvent.CallResult>().ToArray();

        Assert.NotEmpty(results);
        Assert.All(RecipientStatus.All, status => Assert.All(results, each => Assert.Null(RecipientState.After(Row(status, claimId: "another"), each))));
        Assert.All(results, each => Assert.NotNull(RecipientState.After(Row(RecipientStatus.Sending, claimId: Claim), each)));
    }

    [Fact]
    public void After_ResultOfACallWhileTheRowIsInDoubtSinceARestore_IsRefused()
    {
        var doubted = RecipientState.After(Row(RecipientStatus.Sending, claimId: Claim), new RecipientEvent.Doubted(Now, Now.AddHours(-1), "AC", "MG"))!.After;

        Assert.All(Events.OfType<RecipientEvent.CallResult>(), each => Assert.Null(RecipientState.After(doubted, each)));
        Assert.NotNull(RecipientState.After(doubted, new RecipientEvent.Submitted("SM1", ProviderStatus.Queued, Now)));
    }

    [Fact]
    public void After_AStepIntoWaitingOrRejected_IsFollowedUp()
    {
        var steps = from row in Rows from each in Events
                    let step = RecipientState.After(row, each)
                    where step is not null && step.After.Status != row.Status && step.After.ProviderStatus == row.ProviderStatus
                    select (each, step);

        Assert.All(steps, each => Assert.Equal(
            each.step.After.Status switch
            {
                RecipientStatus.Rejected => FollowUp.PoisonMessage,
                RecipientStatus.Pending when each.each is not RecipientEvent.Suspended => FollowUp.SendJob, // that one waits for resume, which enqueues all
                _ => FollowUp.None,
            },
            each.step.Follows));
    }

    [Fact]
    public void IsIn_AfterTheEvent_IsTrueAndBeforeItFalse()
    {
        var told = from row in Rows from each in Events
                   let step = RecipientState.After(row, each)
                   where step is not null && each is RecipientEvent.CallResult or RecipientEvent.Claimed or RecipientEvent.RejectedUnsent or RecipientEvent.Replayed or RecipientEvent.Submitted
                       or RecipientEvent.SentTwice or RecipientEvent.Clicked or RecipientEvent.QueueMessageGivenUp
                   select (each, step);

        Assert.All(told, each => Assert.True(each.step is null || (each.each.IsIn(each.step.After) && !each.each.IsIn(each.step.Before)), $"{each}"));
    }

    [Fact]
    public void Columns_OfEveryStep_AreWrittenAndReadBack()
    {
        foreach (var step in from row in Rows from each in Events let step = RecipientState.After(row, each) where step is not null select step)
        {
            var entity = Entity(step.Before);
            step.WriteTo(entity);

            Assert.Equal(step.After with { ETag = default, Timestamp = default }, Recipient.From(Key, entity));
        }
    }

    [Fact]
    public void Columns_All_AreTheRowsProperties()
    {
        var properties = typeof(Recipient).GetProperties().Select(property => property.Name).Except([nameof(Recipient.Key), nameof(Recipient.ETag), nameof(Recipient.Timestamp), nameof(Recipient.IsPartial), "EqualityContract"]);
        var constants = typeof(RecipientColumns).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!);

        Assert.Equal(properties.Order(StringComparer.Ordinal), constants.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(constants.Values.Order(StringComparer.Ordinal), RecipientColumns.All.Order(StringComparer.Ordinal));
        Assert.Equal(RecipientColumns.All.Count, RecipientColumns.All.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Columns_Full_AreReadBackAsTheyWereWritten()
    {
        var full = new Recipient
        {
            Key = Key, To = "+15551230001", Text = "t", Segments = 2, Index = 3, Line = 12, RequestIndex = 11, Written = "w", Reference = "A-17", Data = "{}", Status = RecipientStatus.Unknown, ProviderStatus = ProviderStatus.Sent, Attempt = 4, ClaimId = "c",
            DueAt = Now.AddMinutes(1), ExpiresAt = Now.AddMinutes(2), Sid = "SM1", OtherSids = "SM2", Code = 5, Reason = "r", SentAt = Now.AddMinutes(3), PoisonedAt = Now.AddMinutes(4),
            PolledAt = Now.AddMinutes(5), ClaimedAt = Now.AddMinutes(6), AbsentAt = Now.AddMinutes(7), SuspectFrom = Now.AddMinutes(8), Absences = 7, GivenUp = 6, GivenUpBy = "m", HeldFor = "h",
            Account = "AC", Service = "MG", Sequence = 9, IsUntold = true, Country = "MX",
        };

        Assert.Equal(full, Recipient.From(Key, Entity(full)));
    }

    private static TableEntity Entity(Recipient row)
    {
        var entity = new TableEntity(row.Key.Partition, row.Key.Id);
        foreach (var column in RecipientColumns.All.Where(column => RecipientColumns.Value(row, column) is not ("" or -1) && !NoTime.Value.Equals(RecipientColumns.Value(row, column))))
        {
            entity[column] = RecipientColumns.Value(row, column); // what was never written is not there
        }

        return entity;
    }

    // A row without a message has no word of Twilio's, and the word and the status of one with a message agree.
    private static bool IsPossible(Recipient row) => row.ProviderStatus is null
        ? row.Status is not (RecipientStatus.Submitted or RecipientStatus.Delivered or RecipientStatus.Undelivered or RecipientStatus.Failed or RecipientStatus.Unknown)
        : row.Status == ProviderStatus.StatusOf(row.ProviderStatus) || (row.Status == RecipientStatus.Unknown && ProviderStatus.StatusOf(row.ProviderStatus) == RecipientStatus.Submitted);
}
