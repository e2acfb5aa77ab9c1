using BulkSms.Events;
using BulkSms.Outbox;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Events;

public sealed class DeliveryRetryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly EventOptions Options = new();

    [Theory]
    [InlineData(1, 5, 10)]
    [InlineData(2, 10, 20)]
    [InlineData(5, 80, 160)]
    [InlineData(11, 5120, 10240)]
    [InlineData(12, 5400, 10800)]
    [InlineData(100, 5400, 10800)]
    public void After_MoreFailures_WaitsLongerUpToTheLongest(int attempts, int least, int most)
    {
        var waits = Enumerable.Range(1, 50).Select(seed => DeliveryRetry.After(Delivery(attempts), null, Options, Now, new Random(seed))!.Value - Now).ToArray();

        Assert.All(waits, wait => Assert.InRange(wait.TotalSeconds, least, most));
        Assert.True(waits.Distinct().Count() > 10);
    }

    [Fact]
    public void After_EndpointAsksForTime_WaitsAsLongButNoLongerThanTheLongest()
    {
        Assert.Equal(TimeSpan.FromMinutes(10), DeliveryRetry.After(Delivery(1), TimeSpan.FromMinutes(10), Options, Now, new Random(1)) - Now);
        Assert.Equal(Options.RetryMaxDelay, DeliveryRetry.After(Delivery(1), TimeSpan.FromDays(2), Options, Now, new Random(1)) - Now);
    }

    [Fact]
    public void After_TheEndOfRetries_GivesUp() => Assert.Null(DeliveryRetry.After(Delivery(20) with { GiveUpAt = Now.AddMinutes(30) }, null, Options, Now, new Random(1)));

    [Fact]
    public void Limits_OneEndpoint_BoundsItsCallsAndNoOthers()
    {
        var limits = new EndpointLimits(Microsoft.Extensions.Options.Options.Create(new EventOptions { CallsPerEndpoint = 2 }), new FakeTimeProvider(Now), new Random(1));

        var (first, second) = (limits.TryEnter("a"), limits.TryEnter("a"));

        Assert.True(first is not null && second is not null);
        Assert.Null(limits.TryEnter("a"));
        Assert.NotNull(limits.TryEnter("b"));
        first.Dispose();
        Assert.NotNull(limits.TryEnter("a"));
    }

    [Fact]
    public void Limits_EndpointFailsTimeAndAgain_IsLeftAloneButForProbes()
    {
        var time = new FakeTimeProvider(Now);
        var limits = new EndpointLimits(Microsoft.Extensions.Options.Options.Create(new EventOptions()), time, new Random(1));
        for (var i = 0; i < 5; i++)
        {
            Call(failed: true);
        }

        Assert.Null(limits.TryEnter("a"));
        Assert.True(limits.WaitOf("a") > TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(31));
        using (var probe = limits.TryEnter("a"))
        {
            Assert.NotNull(probe);
            Assert.Null(limits.TryEnter("a")); // one at a time
            probe.Ended(failed: false);
        }

        Assert.NotNull(limits.TryEnter("a"));
        Assert.NotNull(limits.TryEnter("a"));

        void Call(bool failed)
        {
            using var place = limits.TryEnter("a");
            place!.Ended(failed);
        }
    }

    [Fact]
    public void Key_OfTheSameEvents_IsTheSame()
    {
        var key = EventDelivery.KeyOf("crm", Now, ["a", "b"]);

        Assert.Equal(key, EventDelivery.KeyOf("crm", Now, ["a", "b"]));
        Assert.NotEqual(key, EventDelivery.KeyOf("erp", Now, ["a", "b"]));
        Assert.NotEqual(key, EventDelivery.KeyOf("crm", Now, ["a", "c"]));
        Assert.True(EventDelivery.IsKey(key));
        Assert.Equal(key, EventDelivery.KeyOf(EventDelivery.IdOf(key)));
        Assert.True(string.CompareOrdinal(key, EventDelivery.KeyOf("crm", Now.AddSeconds(1), ["a", "b"])) > 0); // the newest comes first
    }

    private static EventDelivery Delivery(int attempts) => new()
    {
        Endpoint = "crm", Key = EventDelivery.KeyOf("crm", Now, ["a"]), Status = DeliveryStatus.Pending, Type = EventTypes.BroadcastCompleted, Events = 1, CreatedAt = Now, GiveUpAt = Now.AddDays(3),
        Attempts = attempts, Packed = [],
    };
}
