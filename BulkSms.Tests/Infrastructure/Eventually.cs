using System.Net;

namespace BulkSms.Tests.Infrastructure;

/// <summary>Waits for a state that comes about by itself; the only waiting that tests do.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240); // of a busy machine: what comes about in time costs none of it

    // Seldomer and seldomer: reading a broadcast reads all of its rows, and what is waited for must not starve by the waiting.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    /// <summary>Looks again and again until the state is as wanted; gives the last look when patience ends, for the assertion to show.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> look, Func<T, bool> wanted)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(FirstPause);
        while (true)
        {
            T state;
            try
            {
                state = await look();
            }
            catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.ServiceUnavailable && TimeProvider.System.GetElapsedTime(begun) < Patience)
            {
                await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken); // Azurite did not answer in time, on a machine that is this busy: ask again, as a caller does
                continue;
            }

            if (wanted(state) || TimeProvider.System.GetElapsedTime(begun) > Patience)
            {
                Assert.True(wanted(state), $"Still not as wanted after {Patience.TotalSeconds} s: {System.Text.Json.JsonSerializer.Serialize(state)}");
                return state;
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            timer.Period = timer.Period * 1.25 < LongestPause ? timer.Period * 1.25 : LongestPause;
        }
    }

    public static Task TrueAsync(Func<bool> wanted) => GetAsync(() => Task.FromResult(wanted()), is_ => is_);
}
