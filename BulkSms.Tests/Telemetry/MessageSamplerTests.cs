using System.Diagnostics;
using BulkSms.Telemetry;
using OpenTelemetry.Trace;

namespace BulkSms.Tests.Telemetry;

/// <summary>Of messages a share is recorded, of everything else all.</summary>
public sealed class MessageSamplerTests
{
    private static readonly ActivityContext Recorded = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
    private static readonly ActivityContext NotRecorded = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);
    private static readonly ActivityContext FromTheQueue = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);

    [Theory]
    [InlineData(ActivityKind.Consumer)]
    [InlineData(ActivityKind.Client)]
    public void Sample_OfMessages_IsTheShare(ActivityKind kind) => Assert.InRange(Share(0.02, kind == ActivityKind.Client ? default : FromTheQueue, kind), 0.01, 0.03);

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void Sample_NoneOrAll_IsExact(double share) => Assert.Equal(share, Share(share, FromTheQueue, ActivityKind.Consumer));

    [Fact]
    public void Sample_OfRequests_IsAll() => Assert.Equal(1, Share(0, FromTheQueue, ActivityKind.Server));

    [Fact]
    public void Sample_OfWhatAStepCauses_FollowsTheStep()
    {
        Assert.Equal(1, Share(0, Recorded, ActivityKind.Client));
        Assert.Equal(0, Share(1, NotRecorded, ActivityKind.Client));
    }

    [Fact]
    public void Sample_OfMany_SaysForHowManyItStands()
    {
        var sampler = new MessageSampler(0.5, new Random(1));
        var taken = Enumerable.Range(0, 100).Select(_ => sampler.ShouldSample(Of(FromTheQueue, ActivityKind.Consumer))).First(result => result.Decision == SamplingDecision.RecordAndSample);

        Assert.Equal(50f, Assert.Single(taken.Attributes, attribute => attribute.Key == "microsoft.sample_rate").Value);
    }

    private static double Share(double share, ActivityContext parent, ActivityKind kind)
    {
        var sampler = new MessageSampler(share, new Random(1));
        return Enumerable.Range(0, 5000).Average(_ => sampler.ShouldSample(Of(parent, kind)).Decision == SamplingDecision.RecordAndSample ? 1.0 : 0);
    }

    private static SamplingParameters Of(ActivityContext parent, ActivityKind kind) => new(parent, parent.TraceId == default ? ActivityTraceId.CreateRandom() : parent.TraceId, "step", kind);
}
