using System.Diagnostics;
using System.Globalization;
using System.Net;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>The same number of messages as broadcasts of 1, 10, … 100,000 recipients, accepted, fanned out and sent at once: what a message costs in all.</summary>
internal static class RecipientsScenario
{
    private static readonly int[] Sizes = [1, 10, 100, 10_000, 100_000];

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        foreach (var (recipients, place) in Sizes.Select(recipients => (recipients, StoragePlace.Server)).Concat(options.Places.Select(place => (1_000, place))).Order())
        {
            await using var rig = await Rig.StartAsync(options, pump: true, place, settings: SendScenario.InFlight(512));
            await SendAsync(rig, 100, 20_000);
            await rig.ResetAsync();
            var messages = (options.Messages + recipients - 1) / recipients * recipients;
            var before = await rig.UsageAsync();
            var begun = Stopwatch.GetTimestamp();
            await SendAsync(rig, recipients, messages);
            var elapsed = Stopwatch.GetElapsedTime(begun);
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System); // the last results are written
            var used = (await rig.UsageAsync()).Since(before);
            yield return new(string.Create(CultureInfo.InvariantCulture, $"broadcasts of {recipients:N0}, accepted to sent{rig.StoragePlaceText}"), "message", messages, elapsed, [], used);
        }
    }

    private static async Task SendAsync(Rig rig, int recipients, int messages)
    {
        var before = rig.Twilio.Messages.Accepted;
        await LoadGenerator.RunAsync(rig.Server.Http, recipients <= 10 ? 64 : 4, Next, HttpStatusCode.Accepted);
        await SendScenario.WaitAsync(() => rig.Twilio.Messages.Accepted >= before + messages);

        HttpRequestMessage? Next(int n) => n * recipients >= messages ? null
            : recipients > 1000 ? Bodies.Csv(n * recipients, recipients)
            : Bodies.Json(n * recipients, recipients);
    }
}
