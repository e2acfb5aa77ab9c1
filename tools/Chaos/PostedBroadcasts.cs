using System.Globalization;

namespace BulkSms.Chaos;

/// <summary>The broadcasts of one run.</summary>
public static class PostedBroadcasts
{
    /// <summary>Messages of all broadcasts for each recipient of the first.</summary>
    public const int PerRecipient = 3;

    /// <summary>Of so many numbers of the third one is two people's.</summary>
    private const int Sharing = 4;

    /// <summary>Before all of it is sent.</summary>
    private static readonly TimeSpan BriefLife = TimeSpan.FromSeconds(4);

    /// <summary>The first two are alike in text and numbers: whose message is whose must still come out right. One has a text for each, sometimes two to one number, and may be canceled, one expires.</summary>
    public static IReadOnlyList<Posted> Of(int recipients, Random random, DateTimeOffset now)
    {
        var numbers = Numbers(recipients);
        string[] others = [.. numbers.Take((recipients / 2) + 1).OrderBy(_ => random.Next())];
        return
        [
            new("first", "Hello", numbers),
            new("second", "Hello", numbers),
            new("third", "Hello {{name}}", others) { MayBeCanceled = true, IsPersonal = true, Shared = [.. others.Where((_, i) => i % Sharing == 0)] },
            new("brief", "Hello for now", [.. others.Reverse()]) { ExpiresAt = now + BriefLife },
        ];
    }

    private static string[] Numbers(int count) =>
        [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"+1555{i:0000000}"))];
}
