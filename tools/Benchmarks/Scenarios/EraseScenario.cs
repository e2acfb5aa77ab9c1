using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;
using BulkSms.LocalHost;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>The erasure of one person who is in each of 1,000 broadcasts that are not completed yet, from the request until the job has ended, with every wait as it is by default.</summary>
internal static class EraseScenario
{
    private const int Broadcasts = 1000;
    private const int Recipients = 20;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        var settings = SendScenario.InFlight(512);
        settings[SweeperService.PeriodSetting] = "00:01:00";
        settings["OptOuts:HashKeys"] = $"1={Convert.ToBase64String(new byte[32])}";
        await using var rig = await Rig.StartAsync(options, pump: true, settings: settings);
        await LoadGenerator.RunAsync(rig.Server.Http, 16, n => n < Broadcasts ? Bodies.Json(0, Recipients) : null, HttpStatusCode.Accepted);
        await SendScenario.WaitAsync(() => rig.Twilio.Messages.Accepted >= Broadcasts * Recipients);
        var before = await rig.UsageAsync();
        var begun = Stopwatch.GetTimestamp();
        using var asked = await rig.Server.Http.PostAsJsonAsync("/api/v1/people/erase", new { phone = Bodies.Number(0) });
        var job = JsonNode.Parse(await asked.Content.ReadAsStringAsync())!;
        var status = (string?)job["statusUrl"] ?? throw new InvalidOperationException(job.ToJsonString());
        while ((string?)job["status"] is not ("completed" or "failed"))
        {
            await Task.Delay(Look, TimeProvider.System);
            job = JsonNode.Parse(await rig.Server.Http.GetStringAsync(status))!;
        }

        var elapsed = Stopwatch.GetElapsedTime(begun);
        if ((int?)job["messages"] != Broadcasts)
        {
            throw new InvalidOperationException(job.ToJsonString());
        }

        yield return new($"erase a person of {Broadcasts:N0} broadcasts", "broadcast", Broadcasts, elapsed, [(float)elapsed.TotalMilliseconds], (await rig.UsageAsync()).Since(before));
    }
}
