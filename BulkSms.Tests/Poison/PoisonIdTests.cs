using BulkSms.Common;
using BulkSms.Poison;
using BulkSms.Recipients;
using FsCheck.Xunit;

namespace BulkSms.Tests.Poison;

public sealed class PoisonIdTests
{
    private static readonly RecipientKey Recipient = new("0123456789abcdef0123456789ab", 3, "0123456789abcdef0123456789abcdef");

    public static TheoryData<PoisonId> Ids =>
    [
        PoisonId.Of(Recipient, "00000000000000000000000000000001"),
        PoisonId.OfHosts(Recipient, "11111111-2222-3333-4444-555555555555"),
        PoisonId.OfExpand(Recipient.BroadcastId, "11111111-2222-3333-4444-555555555555"),
        PoisonId.OfUnread("11111111-2222-3333-4444-555555555555"),
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public void TryParse_AnIdOfOurs_IsThatId(PoisonId id)
    {
        Assert.True(PoisonId.TryParse(id.ToString(), out var parsed));
        Assert.Equal(id, parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unread.")]
    [InlineData("unread")]
    [InlineData(".x")]
    [InlineData("Unread.x")]
    [InlineData("unread.x.y")]
    [InlineData("unread.x' or PartitionKey ne '")]
    [InlineData("0123456789abcdef0123456789a.x")]
    [InlineData("unread.0123456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(PoisonId.TryParse(text, out _));

    [Property]
    public bool TryParse_AnyText_BecomesNoKeyWithACharacterThatMeansSomething(string text) =>
        !PoisonId.TryParse(text, out var id) || (id.Partition + id.Row).All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
