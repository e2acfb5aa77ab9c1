using BulkSms.Http;

namespace BulkSms.Tests.Http;

public sealed class LimitedStreamTests
{
    [Fact]
    public async Task ReadAsync_WithinTheLimit_IsAll()
    {
        using var copy = new MemoryStream();
        await using var limited = new LimitedStream(new MemoryStream(new byte[100]), 100);

        await limited.CopyToAsync(copy);

        Assert.Equal(100, copy.Length);
    }

    [Fact]
    public async Task ReadAsync_BeyondTheLimit_ThrowsRatherThanEnds()
    {
        await using var limited = new LimitedStream(new MemoryStream(new byte[101]), 100);

        var thrown = await Assert.ThrowsAsync<BodyTooLargeException>(() => limited.CopyToAsync(Stream.Null));

        Assert.Equal(100, thrown.Limit);
    }
}
