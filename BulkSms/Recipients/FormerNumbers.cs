namespace BulkSms.Recipients;

/// <summary>Numbers in a form that their country has given up, so that no phone has them any more, and the digits tell today's form. One country so far.</summary>
internal static class FormerNumbers
{
    private const int Mexico = 52;
    private const int MexicanLength = 10;

    /// <summary>Until 2019 Mexico's mobiles had a 1 after +52.</summary>
    private const string MobileFromAbroad = "1";

    /// <summary>Until 2019 they were dialled with 044 or 045 at home, and any number of another area with 01.</summary>
    private static readonly string[] PrefixesAtHome = ["044", "045", "01"];

    /// <summary>Today's form of a number that is not possible as it is; null: there is none.</summary>
    /// <param name="countryCode">Its country code.</param>
    /// <param name="national">The digits after it.</param>
    /// <param name="isInternational">Whether the country code was written: +52 1 55… is Mexican, 1 55… may be a number of the United States.</param>
    public static string? TodaysForm(int countryCode, string national, bool isInternational)
    {
        if (countryCode != Mexico)
        {
            return null;
        }

        var prefix = PrefixesAtHome.Concat(isInternational ? [MobileFromAbroad] : [])
            .FirstOrDefault(prefix => national.Length == prefix.Length + MexicanLength && national.StartsWith(prefix, StringComparison.Ordinal));
        return prefix is null ? null : $"+{Mexico}{national[prefix.Length..]}";
    }
}
