using System.Text.Json;
using BulkSms.LocalHost;
using BulkSms.LocalHost.Pump;
using BulkSms.Queues;
using BulkSms.Sending;

namespace BulkSms.Tests.Infra;

/// <summary>host.json's logging: what leaves the Functions host, and what must not.</summary>
public sealed class HostJsonTests
{
    private static readonly JsonElement Logging = JsonElement.Parse(File.ReadAllText(Repository.HostJson)).GetProperty("logging");

    /// <summary>Functions that run for each message or callback: their every line would be most of the bill.</summary>
    private static readonly string[] PerMessage = ["SendSms", "SendSmsHigh", "StatusWebhook"];

    [Fact]
    public void Dependencies_OfTheHost_AreNotTracked() => // its call to the worker is one, with the whole address: keys and texts
        Assert.False(Logging.GetProperty("applicationInsights").GetProperty("enableDependencyTracking").GetBoolean());

    [Fact]
    public void Sampling_OfTracesAndExceptions_IsOff() =>
        Assert.Equal("Trace;Exception", Logging.At("applicationInsights.samplingSettings.excludedTypes")?.GetString());

    [Fact]
    public void Queues_AtATime_AreWhatTheCodeWarnsAbove() // and what docs/configuration.md, main.bicep and the sender's default rest on
    {
        var settings = HostQueueSettings.Load(Repository.HostJson);

        Assert.Equal(QueueTriggerLimit.OfHostJson.Messages, settings.BatchSize + settings.Threshold);
        Assert.InRange(new SendingOptions().MaxConcurrency, 1, QueueTriggerLimit.OfHostJson.Messages);
    }

    [Fact]
    public void Levels_OfTheHostItself_AreWarningsButForItsResults()
    {
        var levels = Levels();

        Assert.Equal(("Warning", "Warning", "Information"), (levels["default"], levels["Function"], levels["Host.Results"])); // without results no request is counted
        Assert.All(levels.Keys.Where(category => !category.EndsWith(".User", StringComparison.Ordinal)), category => Assert.Contains(category, new[] { "default", "Function", "Host.Results" }));
    }

    [Fact]
    public void Levels_OfOurFunctions_AreAllThere() => Assert.Equal(
        FunctionSources.All.ToDictionary(function => $"Function.{function.Name}.User", function => PerMessage.Contains(function.Name) ? "Warning" : "Information"),
        Levels().Where(level => level.Key.EndsWith(".User", StringComparison.Ordinal)).ToDictionary());

    private static Dictionary<string, string> Levels() =>
        Logging.GetProperty("logLevel").EnumerateObject().ToDictionary(level => level.Name, level => level.Value.GetString()!);
}
