using System.Diagnostics;
using OpenTelemetry.Trace;

namespace BulkSms.Telemetry;

/// <summary>
/// Records a share of what is done for each message (steps that a queue or a callback begins, calls that belong to nothing), and all else: there may be millions of the
/// one and there are few of the other. What a step causes in this process follows it.
/// </summary>
/// <param name="share">From 0 to 1.</param>
/// <param name="random">The source of chance.</param>
public sealed class MessageSampler(double share, Random random) : Sampler
{
    private readonly KeyValuePair<string, object>[] rate = share is > 0 and < 1 ? [new("microsoft.sample_rate", (float)(100 * share))] : []; // so that Application Insights counts each for many

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        if (parent.TraceId != default && !parent.IsRemote)
        {
            return new(parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
        }

        return samplingParameters.Kind is not (ActivityKind.Consumer or ActivityKind.Client) ? new(true)
            : random.NextDouble() < share ? new(SamplingDecision.RecordAndSample, rate)
            : new(SamplingDecision.Drop);
    }
}
