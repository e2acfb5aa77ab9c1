namespace BulkSms.Sending;

/// <summary>
/// The line before a lane, as far as one instance lets it grow: what comes when it is full is given a time to come back at, each its own turn by the lane's rate. So the messages of a slow
/// profile do not take all places that the queue trigger has. Pure but for the time that it is told; safe for many threads.
/// </summary>
/// <param name="most">Messages that may stand in it.</param>
public sealed class LaneLine(int most)
{
    /// <summary>None is sent away for longer: what waits in the queue is shown by no instance.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>A line that is gone sooner takes places from none for long.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly Lock @lock = new();
    private int standing;
    private DateTimeOffset last;

    /// <summary>Takes a place.</summary>
    /// <param name="rate">Segments a second that the lane lets through.</param>
    /// <param name="isStopped">Whether it lets through nothing now.</param>
    /// <returns>Whether there is one; then <see cref="Leave"/> must follow.</returns>
    public bool TryJoin(double rate, bool isStopped)
    {
        lock (@lock)
        {
            if (standing >= most && (isStopped || Drain(rate) > Soon))
            {
                return false;
            }

            standing++;
            return true;
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Leave()
    {
        lock (@lock)
        {
            standing--;
        }
    }

    /// <summary>When one that found no place is to come back: while others still stand here, so that the lane never runs dry.</summary>
    /// <param name="now">The time.</param>
    /// <param name="segments">What it weighs.</param>
    /// <param name="rate">Segments a second that the lane lets through.</param>
    /// <param name="chance">0 to 1: what has to wait longest does not come back all at once.</param>
    public DateTimeOffset ComeBackAt(DateTimeOffset now, int segments, double rate, double chance)
    {
        lock (@lock)
        {
            var soonest = now + Later(Drain(rate) / 2, Soon);
            var turn = last > soonest ? last : soonest;
            last = turn + TimeSpan.FromSeconds(segments / Math.Max(rate, 0.1));
            if (turn - now <= Longest)
            {
                return turn;
            }

            last = now + Longest + TimeSpan.FromSeconds(1); // more than can be told apart: from here on they are spread
            return now + (Longest * (0.5 + (chance / 2)));
        }
    }

    // Texts of several segments take longer: then those that come back find the line full once more.
    private TimeSpan Drain(double rate) => TimeSpan.FromSeconds(standing / Math.Max(rate, 0.1));

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
