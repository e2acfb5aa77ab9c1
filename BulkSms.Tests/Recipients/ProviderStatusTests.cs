using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Recipients;

public sealed class ProviderStatusTests
{
    // Twilio's words in the order in which they may follow each other; those on one line exclude each other.
    private static readonly string[][] Order =
    [
        ["accepted", "scheduled"],
        ["queued"],
        ["sending"],
        ["sent"],
        ["partially_delivered"],
        ["delivered", "undelivered", "failed", "canceled"],
        ["read"],
    ];

    private static readonly string[] All = [.. Order.SelectMany(each => each)];

    [Fact]
    public void IsKnown_EveryWord_AndNoStatusOfOursThatIsNone()
    {
        Assert.All(All, word => Assert.True(ProviderStatus.IsKnown(word)));
        Assert.All(["", "pending", "submitted", "unknown", "Delivered", "DELIVERED", "delivered ", "receiving"], word => Assert.False(ProviderStatus.IsKnown(word)));
    }

    [Fact]
    public void MayFollow_WordAfterWord_OnlyForward()
    {
        foreach (var (current, next) in All.SelectMany(current => All.Select(next => (current, next))))
        {
            Assert.True(ProviderStatus.MayFollow(current, next) == Rank(next) > Rank(current), $"{current} → {next}");
        }
    }

    [Fact]
    public void MayFollow_AnyWordAfterNone_IsEvidence() => Assert.All(All, word => Assert.True(ProviderStatus.MayFollow(null, word)));

    [Fact]
    public void MayFollow_WhatTwilioNeverSays_Never() =>
        Assert.All([null, .. All], current => Assert.All(["", "pending", "submitted", "Delivered"], next => Assert.False(ProviderStatus.MayFollow(current, next))));

    [Property]
    public Property MayFollow_CallbacksInAnyOrder_EndAtTheFurthest() => Prop.ForAll(
        Arb.From(Gen.NonEmptyListOf(Gen.Elements(All))),
        callbacks => Rank(Last(callbacks)!) == callbacks.Max(Rank));

    // Whatever comes in whatever order, from whatever status: once there is a final word the status is what it means.
    [Property]
    public Property StatusAfter_CallbacksInAnyOrder_IsWhatTheFurthestMeans() => Prop.ForAll(
        Arb.From(Gen.NonEmptyListOf(Gen.Elements(All))),
        Arb.From(Gen.Elements(RecipientStatus.All.ToArray())),
        (callbacks, first) =>
        {
            var (status, word) = (first, (string?)null);
            foreach (var next in callbacks.Where(next => ProviderStatus.MayFollow(word, next)))
            {
                (status, word) = (ProviderStatus.StatusAfter(status, next), next);
            }

            return status == (first == "unknown" && ProviderStatus.StatusOf(word!) == "submitted" ? "unknown" : ProviderStatus.StatusOf(word!));
        });

    [Theory]
    [InlineData("accepted", "submitted")]
    [InlineData("scheduled", "submitted")]
    [InlineData("queued", "submitted")]
    [InlineData("sending", "submitted")]
    [InlineData("sent", "submitted")]
    [InlineData("partially_delivered", "submitted")]
    [InlineData("delivered", "delivered")]
    [InlineData("read", "delivered")]
    [InlineData("undelivered", "undelivered")]
    [InlineData("failed", "failed")]
    [InlineData("canceled", "canceled")]
    public void StatusOf_Word_IsWhatItMeans(string word, string status) => Assert.Equal(status, ProviderStatus.StatusOf(word));

    private static string? Last(IEnumerable<string> callbacks) =>
        callbacks.Aggregate((string?)null, (current, next) => ProviderStatus.MayFollow(current, next) ? next : current);

    private static int Rank(string status) => Array.FindIndex(Order, each => each.Contains(status));
}
