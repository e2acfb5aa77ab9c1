using System.Globalization;
using BulkSms.Broadcasts;

namespace BulkSms.Chaos;

/// <summary>The broadcasts of one run.</summary>
public static class PostedBroadcasts
{
    /// <summary>Messages of all broadcasts for each recipient of the first.</summary>
    public const int PerRecipient = 4;

    /// <summary>Of each text: so both hosts have a share of the rate, which is not divided below <see cref="Sending.Pool.Division.LeastShare"/>.</summary>
    public const int Segments = 4;

    /// <summary>A text of more than three segments, and of no more than four.</summary>
    private const int Length = 500;

    /// <summary>Of so many numbers of the third one is two people's.</summary>
    private const int Sharing = 4;

    /// <summary>So many recipients more than the first has a broadcast that needs an approval.</summary>
    private const int Above = 5;

    /// <summary>A number that Twilio refuses in each run, and that only the broadcast with a first part is for: it is the first of it.</summary>
    public const string Refused = "+12015559999";

    /// <summary>One failure is too many, so it is decided without the wait, which is no shorter than a minute.</summary>
    private static readonly Canary FirstPart = new(0.5m, TimeSpan.FromMinutes(1), MaxFailures: 0, MaxOptOuts: 0);

    /// <summary>Long enough to be looked at while faults are made.</summary>
    private static readonly TimeSpan UndecidedLife = TimeSpan.FromSeconds(10);

    /// <summary>Before all of it is sent.</summary>
    private static readonly TimeSpan BriefLife = TimeSpan.FromSeconds(4);

    /// <summary>The first two are alike in text and numbers: whose message is whose must still come out right. One has a text for each, sometimes two to one number, and may be canceled, one expires. One goes to a first part alone, in which a number is refused. Two have high priority. The last four are larger and need an approval; the first of these has media.</summary>
    public static IReadOnlyList<Posted> Of(int recipients, Random random, DateTimeOffset now, bool hasPriority, bool hasFirstPart)
    {
        var all = Numbers(recipients + Above);
        var numbers = all[..recipients];
        string[] others = [.. numbers.Take((recipients / 2) + 1).OrderBy(_ => random.Next())];
        return
        [
            new("first", Long("Hello"), numbers),
            new("second", Long("Hello"), numbers) { IsHigh = hasPriority },
            new("third", Long("Hello {{name}}"), others) { MayBeCanceled = true, IsPersonal = true, Shared = [.. others.Where((_, i) => i % Sharing == 0)] },
            new("brief", Long("Hello for now"), [.. others.Reverse()]) { ExpiresAt = now + BriefLife },
            .. hasFirstPart ? [new Posted("tried", Long("Hello to some"), [Refused, .. others]) { FirstPart = FirstPart }] : Array.Empty<Posted>(),
            new("approved", Long("Hello after all"), all) { Plan = ApprovalPlan.Approve, IsHigh = hasPriority, MediaUrls = ["https://example.com/map.png"] },
            new("rejected", Long("Hello to no one"), all) { Plan = ApprovalPlan.Reject },
            new("contested", Long("Hello perhaps"), all) { Plan = ApprovalPlan.Contest },
            new("undecided", Long("Hello some day"), all) { Plan = ApprovalPlan.Leave, ExpiresAt = now + UndecidedLife },
        ];
    }

    private static string Long(string text) => text.PadRight(Length, '.');

    // Of a country whose price is known: a broadcast of unknown cost always needs an approval.
    private static string[] Numbers(int count) =>
        [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"+1201555{i:0000}"))];
}
