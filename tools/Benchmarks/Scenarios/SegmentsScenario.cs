using System.Diagnostics;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;
using BulkSms.Segments;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>Counting the segments of a message of 160 characters, in this process, which does nothing else.</summary>
internal static class SegmentsScenario
{
    private const int Rounds = 2_000_000;

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        await Task.Yield();
        foreach (var (name, text) in Texts)
        {
            for (var i = 0; i < 5; i++)
            {
                Count(text, Rounds / 10); // until it is compiled for good
            }

            var (before, begun) = (Usage.Now(null), Stopwatch.GetTimestamp());
            Count(text, Rounds);
            yield return new($"segments of {name}", "message", Rounds, Stopwatch.GetElapsedTime(begun), [], Usage.Now(null).Since(before));
        }
    }

    /// <summary>Messages of 160 characters.</summary>
    public static IReadOnlyList<(string Name, string Text)> Texts { get; } =
    [
        ("160 characters, GSM-7", string.Concat(Enumerable.Repeat("The clinic is closed today; we call you. ", 4))[..160]),
        ("160 characters, UCS-2", string.Concat(Enumerable.Repeat("Клиника сегодня закрыта, мы перезвоним. ", 4))[..160]),
    ];

    private static int Count(string text, int rounds)
    {
        var sum = 0;
        for (var i = 0; i < rounds; i++)
        {
            sum += MessageSegments.Of(text).Count;
        }

        return sum;
    }
}
