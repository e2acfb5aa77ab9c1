using BulkSms.Recipients;
using FsCheck;
using FsCheck.Xunit;

namespace BulkSms.Tests.Recipients;

public sealed class RecipientKeyTests
{
    // Computed by Python's hashlib. Rows are found by these keys for years: they must never change.
    [Theory]
    [InlineData("0123456789abcdef0123456789ab", "+15551234567", 1, 0, "d23a0f264a0d20609fedabb8ddb8ea86")]
    [InlineData("0123456789abcdef0123456789ab", "+15551234567", 16, 5, "d23a0f264a0d20609fedabb8ddb8ea86")]
    [InlineData("0123456789abcdef0123456789ab", "+447700900123", 16, 0, "181990c343fb1e891c0f770f10d2d91e")]
    [InlineData("ffffffffffff0000000000000000", "+447700900123", 7, 3, "bf58b4ed31991fd953c775aed87f3ce4")]
    public void Of_BroadcastAndNumber_IsTheSpecifiedHash(string broadcast, string number, int shards, int shard, string id) =>
        Assert.Equal(new RecipientKey(broadcast, shard, id), RecipientKey.Of(broadcast, number, shards));

    [Property]
    public bool Of_AnyNumber_IsWellFormedAndWithinTheShards(PositiveInt number, PositiveInt shards)
    {
        var count = 1 + (shards.Get % 16);
        var key = RecipientKey.Of("0123456789abcdef0123456789ab", $"+1555{number.Get}", count);
        return key.Shard >= 0 && key.Shard < count && RecipientKey.IsWellFormed(key.Id);
    }

    [Theory]
    [InlineData(0, "0123456789abcdef0123456789ab-00")]
    [InlineData(9, "0123456789abcdef0123456789ab-09")]
    [InlineData(15, "0123456789abcdef0123456789ab-0f")]
    public void Partition_Shard_IsTwoHexadecimalDigits(int shard, string partition) =>
        Assert.Equal(partition, new RecipientKey("0123456789abcdef0123456789ab", shard, "x").Partition);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1000, 1)]
    [InlineData(1001, 2)]
    [InlineData(15_000, 15)]
    [InlineData(15_001, 16)]
    [InlineData(100_000, 16)]
    public void ShardsFor_Recipients_IsOnePerThousandUpTo16(int recipients, int shards) =>
        Assert.Equal(shards, RecipientKey.ShardsFor(recipients));

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", true)]
    [InlineData("0123456789ABCDEF0123456789ABCDEF", false)]
    [InlineData("0123456789abcdef0123456789abcde", false)]
    [InlineData("0123456789abcdef0123456789abcdef0", false)]
    [InlineData("0123456789abcdef0123456789abcde\n", false)]
    [InlineData("0123456789abcdef0123456789abcde'", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsWellFormed_Text_Is32LowerCaseHexadecimalDigits(string? id, bool expected) =>
        Assert.Equal(expected, RecipientKey.IsWellFormed(id));
}
