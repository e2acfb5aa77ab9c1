using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Recipients;

public sealed class RecipientStatusTests
{
    private static readonly string[] Open = ["Pending", "Claimed", "Unconfirmed"];
    private static readonly string[] OursAtTheEnd = ["Rejected", "OptedOut", "Canceled", "Expired"];

    // Twilio's words in the order of PROTOCOL.md; those on one line exclude each other.
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

    private static readonly string[] Twilios = [.. Order.SelectMany(each => each)];
    private static readonly string[] All = [.. Open, .. OursAtTheEnd, .. Twilios];

    [Fact]
    public void MayFollow_TwilioAfterTwilio_OnlyForward()
    {
        foreach (var (current, next) in Twilios.SelectMany(current => Twilios.Select(next => (current, next))))
        {
            Assert.True(RecipientStatus.MayFollow(current, next) == Rank(next) > Rank(current), $"{current} → {next}");
        }
    }

    [Fact]
    public void MayFollow_TwilioAfterOurs_Always() =>
        Assert.All(Open.Concat(OursAtTheEnd), ours => Assert.All(Twilios, next => Assert.True(RecipientStatus.MayFollow(ours, next), $"{ours} → {next}")));

    [Fact]
    public void MayFollow_WhatTwilioNeverSays_Never() =>
        Assert.All(All, current => Assert.All(
            [.. Open, .. OursAtTheEnd, "", "Delivered", "DELIVERED", "receiving", "delivered "],
            next => Assert.False(RecipientStatus.MayFollow(current, next), $"{current} → {next}")));

    [Property]
    public Property MayFollow_CallbacksInAnyOrder_EndAtTheFurthest() => Prop.ForAll(
        Arb.From(Gen.NonEmptyListOf(Gen.Elements(Twilios))),
        callbacks =>
        {
            var end = callbacks.Aggregate("Claimed", (current, next) => RecipientStatus.MayFollow(current, next) ? next : current);
            return Rank(end) == callbacks.Max(Rank);
        });

    [Fact]
    public void IsFinal_EveryStatus_IsExactlyTheEnd() => Assert.Equal(
        [.. OursAtTheEnd, "delivered", "undelivered", "failed", "canceled", "read"],
        All.Where(RecipientStatus.IsFinal));

    [Fact]
    public void IsOpen_EveryStatus_IsExactlyWhatIsStillOurs() => Assert.Equal(Open, All.Where(RecipientStatus.IsOpen));

    [Fact]
    public void IsTwilio_EveryStatus_IsExactlyTwilios() => Assert.Equal(Twilios, All.Where(RecipientStatus.IsTwilio));

    [Theory]
    [InlineData("Canceled", true)]
    [InlineData("canceled", true)]
    [InlineData("CANCELED", false)]
    [InlineData("pending", false)]
    [InlineData("Delivered", false)]
    [InlineData("", false)]
    public void IsKnown_Status_MindsItsCase(string status, bool expected) => Assert.Equal(expected, RecipientStatus.IsKnown(status));

    [Fact]
    public void IsKnown_EveryStatus_IsTrue() => Assert.All(All, status => Assert.True(RecipientStatus.IsKnown(status)));

    private static int Rank(string status) => Array.FindIndex(Order, each => each.Contains(status));
}
