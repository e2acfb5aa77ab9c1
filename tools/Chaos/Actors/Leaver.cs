using System.Net.Http.Json;

namespace BulkSms.Chaos.Actors;

/// <summary>People who say STOP, to Twilio or to an operator, and note when nothing may be sent to them any more.</summary>
public sealed class Leaver(
    IReadOnlyList<Line> lines, IReadOnlyList<string> numbers, ChaosApi api, Deeds deeds, Random random, TimeProvider time) : IActor
{
    /// <summary>People who are not heard say it again.</summary>
    private const int Texts = 8;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500 + random.Next(2500)), time, CancellationToken.None);
            var number = numbers[random.Next(numbers.Count)];
            if (Line.IsTaken(await (random.Next(2) == 0 ? lines[random.Next(lines.Count)].TextUntilTakenAsync(number, "STOP", Texts, time) : TellAsync(number))))
            {
                deeds.Held.Enqueue(new("STOP", null, number, time.GetUtcNow()));
            }
        }
    }

    // Twilio does not know: only the app's own list keeps this one from being sent to.
    private Task<int?> TellAsync(string number) => api.TryAsync(
        random.Next(lines.Count),
        () => new(HttpMethod.Post, "/api/v1/optouts") { Content = JsonContent.Create(new { phones = new[] { number } }) },
        response => Task.FromResult<int?>((int)response.StatusCode));
}
