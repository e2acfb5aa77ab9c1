namespace BulkSms.Chaos;

/// <summary>In what one run differs from another, drawn from its seed.</summary>
/// <param name="FansOutInline">Fan out within the request; else the queue <c>broadcast-expand</c> does.</param>
/// <param name="KeepsRecipientsInRow">A broadcast's recipients are kept in its row; else they go to a blob.</param>
/// <param name="KillsOverOneMessage">Hosts die again and again over one and the same message; else anywhere.</param>
/// <param name="LateCallbacks">Twilio's callbacks come seconds late.</param>
/// <param name="WholeMinutes">Twilio's list shows whole minutes; its clock is not behind then, since both together leave the window of a reading.</param>
/// <param name="RewritesText">Twilio's list shows another text than was sent.</param>
/// <param name="HasOutage">Twilio is away once, for longer than all back-off; one attempt is allowed then.</param>
/// <param name="HasTwoAccounts">Each host sends by a Twilio account of its own.</param>
/// <param name="StorageGoesAway">Storage is away now and then, and a STOP comes meanwhile.</param>
/// <param name="RepeatsStarts">Old STARTs are sent again.</param>
/// <param name="TellsEvents">A receiver, which fails at random, is told of events.</param>
public sealed record Variation(
    bool FansOutInline, bool KeepsRecipientsInRow, bool KillsOverOneMessage, bool LateCallbacks, bool WholeMinutes, bool RewritesText,
    bool HasOutage = false, bool HasTwoAccounts = false, bool StorageGoesAway = false, bool RepeatsStarts = false, bool TellsEvents = false)
{
    public static Variation Draw(Random random) => new(
        FansOutInline: random.Next(3) > 0,
        KeepsRecipientsInRow: random.Next(3) > 0,
        KillsOverOneMessage: random.Next(4) == 0,
        LateCallbacks: random.Next(3) == 0,
        WholeMinutes: random.Next(4) == 0,
        RewritesText: random.Next(4) == 0,
        HasOutage: random.Next(3) == 0,
        HasTwoAccounts: random.Next(3) == 0,
        StorageGoesAway: random.Next(2) == 0,
        RepeatsStarts: random.Next(2) == 0,
        TellsEvents: random.Next(4) > 0);
}
