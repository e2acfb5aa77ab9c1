using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;

namespace BulkSms.Tests.Broadcasts;

public sealed class SkippedLinesTests
{
    private static readonly SkippedEntry[] Entries =
    [
        new(0, "no number", SkippedReason.Invalid, "A-17", "must be…"),
        new(3, "+15550001111", SkippedReason.Duplicate, null, null, 0, true) { To = "+15550001111" },
        .. Enumerable.Range(4, 900).Select(i => new SkippedEntry(i, new string('é', i), SkippedReason.OptedOut) with { Since = DateTimeOffset.UnixEpoch.AddSeconds(i) }),
    ];

    [Fact]
    public async Task ReadAsync_FromTheEndOfAnyEntry_GoesOnThere()
    {
        using var stream = await WrittenAsync();
        var all = await SkippedLines.ReadAsync(stream, 0, default).ToListAsync();

        Assert.Equal(Entries, all.Select(each => each.Entry));
        Assert.Equal(stream.Length, all[^1].End);
        foreach (var at in new[] { 0, 1, 400, all.Count - 1 })
        {
            Assert.Equal(Entries[(at + 1)..], await SkippedLines.ReadAsync(stream, all[at].End, default).Select(each => each.Entry).ToListAsync());
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10_000_000)]
    public async Task ReadAsync_WhereNoEntryBegins_IsAnError(long from)
    {
        using var stream = await WrittenAsync();

        await Assert.ThrowsAsync<FormatException>(async () => await SkippedLines.ReadAsync(stream, from, default).ToListAsync());
    }

    [Fact]
    public void List_EntryOfEachReason_IsKeptAsItIs()
    {
        var reasons = typeof(SkippedReason).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
        SkippedEntry[] entries = [.. reasons.Select((reason, i) => new SkippedEntry(i, "+15550001111", reason, "A-17", "why", reason == SkippedReason.Duplicate ? 7 : null, true, DateTimeOffset.UnixEpoch) { Code = 30005 })];
        var list = new SkippedList();
        Array.ForEach(entries, list.Add);

        Assert.Equal(entries, list);
    }

    private static async Task<MemoryStream> WrittenAsync()
    {
        var stream = new MemoryStream();
        await SkippedLines.WriteAsync(stream, Entries);
        return stream;
    }
}
