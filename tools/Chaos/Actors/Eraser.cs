using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace BulkSms.Chaos.Actors;

/// <summary>People who want to be erased, while broadcasts to them are on their way. Once a job says that it is done, nothing is sent to them any more, and no row tells of them.</summary>
public sealed class Eraser(IReadOnlyList<string> numbers, ChaosApi api, Deeds deeds, Random random, TimeProvider time) : IActor
{
    /// <summary>Why nothing is sent to a person any more.</summary>
    public const string Erasure = "an erasure";

    private const string Erase = "people/erase";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private readonly List<(string Number, string JobId)> jobs = [];

    public async Task RunAsync(CancellationToken stop)
    {
        foreach (var number in numbers)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500 + random.Next(3000)), time, CancellationToken.None);
            if (await StartAsync(number) is { } job)
            {
                jobs.Add((number, job));
                deeds.Erased.Enqueue(number);
            }
        }
    }

    /// <summary>Waits until every job is done.</summary>
    public async Task EndAsync()
    {
        var begun = time.GetTimestamp();
        foreach (var (number, job) in jobs)
        {
            while (await ReadAsync(job) is var read && (string?)read?["status"] != "completed")
            {
                if (time.GetElapsedTime(begun) > Patience)
                {
                    deeds.Unanswered.Enqueue($"the erasure {job}, which waits for {(string?)read?["waitingFor"] ?? "nothing"}");
                    return;
                }

                await Task.Delay(Look, time);
            }

            deeds.Held.Enqueue(new(Erasure, null, number, time.GetUtcNow()));
        }
    }

    // Until it is accepted: asked for again it is the same job.
    private async Task<string?> StartAsync(string number)
    {
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < Patience)
        {
            var job = await api.TryAsync(
                random.Next(2), () => new(HttpMethod.Post, $"/api/v1/{Erase}") { Content = JsonContent.Create(new { phone = number }) },
                async response => response.StatusCode == HttpStatusCode.Accepted ? (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["jobId"] : null);
            if (job is not null)
            {
                return job;
            }

            await Task.Delay(Look, time);
        }

        deeds.Unanswered.Enqueue(Erase);
        return null;
    }

    private Task<JsonNode?> ReadAsync(string job) => api.TryAsync(
        random.Next(2), () => new(HttpMethod.Get, $"/api/v1/people/jobs/{job}"),
        async response => response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync()) : null);
}
