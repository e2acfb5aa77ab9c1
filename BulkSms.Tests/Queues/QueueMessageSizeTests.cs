using BulkSms.Queues;

namespace BulkSms.Tests.Queues;

public sealed class QueueMessageSizeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(48 * 1024)]
    public void Check_WhatStorageTakes_IsTheSame(int bytes)
    {
        var body = new BinaryData(new byte[bytes]);

        Assert.Same(body, QueueMessageSize.Check(body));
        Assert.InRange(Convert.ToBase64String(body).Length, 0, 64 * 1024);
    }

    [Fact]
    public void Check_OneByteMore_Throws()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => QueueMessageSize.Check(new(new byte[(48 * 1024) + 1])));

        Assert.Equal("A queue message of 49153 bytes; storage takes 49152.", fault.Message);
    }
}
