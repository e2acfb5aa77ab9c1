using System.Globalization;

namespace BulkSms.Chaos;

/// <summary>The broadcasts of one run.</summary>
public static class PostedBroadcasts
{
    /// <summary>More than fit in a Broadcast row.</summary>
    private const int Large = 1501;

    /// <summary>Before all of it is sent.</summary>
    private static readonly TimeSpan BriefLife = TimeSpan.FromSeconds(4);

    /// <summary>The first two are alike in text and numbers: whose message is whose must still come out right. One may be canceled, one expires.</summary>
    public static IReadOnlyList<Posted> Of(int recipients, Variation variation, Random random, DateTimeOffset now)
    {
        var numbers = Numbers(0, recipients);
        string[] others = [.. numbers.Take((recipients / 2) + 1).OrderBy(_ => random.Next())];
        var all = new List<Posted>
        {
            new("first", "Hello", numbers),
            new("second", "Hello", numbers),
            new("third", "Hello again", others) { MayBeCanceled = true },
            new("brief", "Hello for now", [.. others.Reverse()]) { ExpiresAt = now + BriefLife },
        };
        if (variation.HasLargeBroadcast)
        {
            all.Add(new("large", "Hello all", Numbers(recipients, Large)) { MayBeCanceled = true, IsCanceled = true });
        }

        return all;
    }

    private static string[] Numbers(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"+1555{i:0000000}"))];
}
