using System.Diagnostics;
using System.Net;

namespace BulkSms.Benchmarks.Load;

/// <summary>Sends requests over so many connections, each as soon as the one before is answered.</summary>
internal static class LoadGenerator
{
    /// <summary>Sends until the time is over, or all are sent.</summary>
    /// <param name="client">To whom.</param>
    /// <param name="connections">How many at a time.</param>
    /// <param name="request">Makes the n-th request; null: no more.</param>
    /// <param name="expected">What each must be answered with.</param>
    /// <param name="duration">How long; null: until there are no more.</param>
    /// <exception cref="InvalidOperationException">An answer was another.</exception>
    public static async Task<LoadResult> RunAsync(
        HttpClient client, int connections, Func<int, HttpRequestMessage?> request, HttpStatusCode expected, TimeSpan? duration = null)
    {
        var next = -1;
        var begun = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(WorkAsync)));
        return new(latencies.Sum(each => each.Count), Stopwatch.GetElapsedTime(begun), [.. latencies.SelectMany(each => each)]);

        async Task<List<float>> WorkAsync()
        {
            var own = new List<float>();
            while (duration is null || Stopwatch.GetElapsedTime(begun) < duration)
            {
                using var message = request(Interlocked.Increment(ref next));
                if (message is null)
                {
                    break;
                }

                var sent = Stopwatch.GetTimestamp();
                using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
                own.Add((float)Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (response.StatusCode != expected)
                {
                    throw new InvalidOperationException($"{message.RequestUri} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
                }
            }

            return own;
        }
    }
}

/// <summary>What a load came to.</summary>
/// <param name="Count">Requests answered as expected.</param>
/// <param name="Elapsed">All of the time.</param>
/// <param name="Latencies">Milliseconds of each.</param>
internal sealed record LoadResult(int Count, TimeSpan Elapsed, IReadOnlyList<float> Latencies);
