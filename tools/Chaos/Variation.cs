namespace BulkSms.Chaos;

/// <summary>In what one run differs from another, drawn from its seed.</summary>
/// <param name="FansOutInline">Fan out within the request; else the queue <c>broadcast-expand</c> does.</param>
/// <param name="HasLargeBroadcast">One more broadcast, whose recipients do not fit in its row and go to a blob.</param>
/// <param name="KillsOverOneMessage">Hosts die again and again over one and the same message; else anywhere.</param>
/// <param name="LateCallbacks">Twilio's callbacks come seconds late.</param>
/// <param name="WholeMinutes">Twilio's list shows whole minutes; its clock is not behind then, since both together leave the window of a look.</param>
/// <param name="RewritesText">Twilio's list shows another text than was sent.</param>
public sealed record Variation(
    bool FansOutInline, bool HasLargeBroadcast, bool KillsOverOneMessage, bool LateCallbacks, bool WholeMinutes, bool RewritesText)
{
    /// <param name="random">Seeded.</param>
    /// <param name="largeEvery">One run in so many has a large broadcast; 0: none.</param>
    public static Variation Draw(Random random, int largeEvery) => new(
        FansOutInline: random.Next(3) > 0,
        HasLargeBroadcast: largeEvery > 0 && random.Next(largeEvery) == 0,
        KillsOverOneMessage: random.Next(4) == 0,
        LateCallbacks: random.Next(3) == 0,
        WholeMinutes: random.Next(4) == 0,
        RewritesText: random.Next(4) == 0);
}
