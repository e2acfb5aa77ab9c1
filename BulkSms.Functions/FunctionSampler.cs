using System.Diagnostics;
using BulkSms.Telemetry;
using OpenTelemetry.Trace;

namespace BulkSms.Functions;

/// <summary>Records invocations, as the worker tells of them, like what they do: of those functions that run for each message or callback, a share.</summary>
/// <param name="messages">Says which share.</param>
public sealed class FunctionSampler(MessageSampler messages) : Sampler
{
    private static readonly string[] PerMessage = ["SendSms", "StatusWebhook"];

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (samplingParameters.Kind is not ActivityKind.Internal || !IsPerMessage(samplingParameters))
        {
            return messages.ShouldSample(samplingParameters);
        }

        var asAMessage = new SamplingParameters(
            samplingParameters.ParentContext, samplingParameters.TraceId, samplingParameters.Name, ActivityKind.Consumer, samplingParameters.Tags, samplingParameters.Links);
        return messages.ShouldSample(asAMessage);
    }

    // Its name or a tag says which function it is of.
    private static bool IsPerMessage(in SamplingParameters invocation) =>
        IsOne(invocation.Name.Split(' ')[^1]) || (invocation.Tags?.Any(tag => tag.Value is string value && IsOne(value)) ?? false);

    private static bool IsOne(string name) => PerMessage.Contains(name, StringComparer.Ordinal);
}
