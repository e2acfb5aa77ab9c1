using System.Globalization;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>
/// The arithmetic of docs/scaling.md against storage with a tenth of Azure's limits: a backlog is drained at a rate below, at and above the one at which the first limit
/// should bind. Below it no call may be refused; above it they are, and every recipient is still texted once.
/// </summary>
internal static class LimitsScenario
{
    private const double Scale = 0.1;
    private const int Seconds = 20;

    // A tenth of 2,000 messages a second and queue; each message is got and deleted.
    private const double Bound = 2000 * Scale / 2;

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        foreach (var part in new[] { 0.8, 1.0, 1.3 })
        {
            var rate = Bound * part;
            var settings = SendScenario.InFlight(128);
            settings["Sending:SegmentsPerSecond"] = rate.ToString(CultureInfo.InvariantCulture);
            await using var rig = await Rig.StartAsync(options with { Azurite = false }, pump: true, settings: settings);
            var measured = await MeasureAsync(
                rig, string.Create(CultureInfo.InvariantCulture, $"send at {part:0%} of what a tenth of Azure's limits should allow"), (int)(rate * Seconds));
            if (rig.Twilio.Messages.MaxAcceptedPerNumber != 1 || (part < 1 && measured.Used!.Operations.Any(each => each.Key.StartsWith("busy", StringComparison.Ordinal) && each.Value > 0)))
            {
                throw new InvalidOperationException("A recipient was texted twice, or a limit was met where none should be.");
            }

            yield return measured;
        }
    }

    // The limits come once the backlog is there: what a fan-out makes of them is another matter.
    private static async Task<Measurement> MeasureAsync(Rig rig, string name, int messages)
    {
        var due = SendScenario.DueIn(TimeSpan.FromSeconds(5));
        await SendScenario.LoadAsync(rig, messages, 0, due);
        await rig.Server.PostAsync(string.Create(CultureInfo.InvariantCulture, $"{BenchmarkServer.LimitPath}?scale={Scale}"));
        return await SendScenario.DrainAsync(rig, name, messages, 0, due);
    }
}
