using System.Globalization;
using System.Net;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>
/// The arithmetic of docs/scaling.md against storage with a tenth of Azure's limits: a backlog is drained at a rate below, at and above the one at which the first limit
/// should bind. Below it no call may be refused; above it they are, and everybody is still texted once.
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
            settings[BenchmarkServer.LimitsSetting] = Scale.ToString(CultureInfo.InvariantCulture);
            await using var rig = await Rig.StartAsync(options, pump: true, settings: settings);
            var messages = (int)(rate * Seconds);
            yield return await MeasureAsync(rig, string.Create(CultureInfo.InvariantCulture, $"send at {part:0%} of what a tenth of Azure's limits should allow"), messages);
            if (rig.Twilio.Messages.MaxAcceptedPerNumber != 1)
            {
                throw new InvalidOperationException("Somebody was texted twice.");
            }
        }
    }

    private static async Task<Measurement> MeasureAsync(Rig rig, string name, int messages)
    {
        // Fanned out slowly, by the expand queue, and due when that is over.
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(10 + (messages / 50.0));
        await LoadGenerator.RunAsync(rig.Server.Http, 1, n => n == 0 ? Bodies.Csv(0, messages, due) : null, HttpStatusCode.Accepted);
        await SendScenario.WaitAsync(() => TimeProvider.System.GetUtcNow() >= due.AddSeconds(-1));
        return await SendScenario.DrainAsync(rig, name, messages, due);
    }
}
