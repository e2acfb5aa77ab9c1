namespace BulkSms.Recipients;

/// <summary>How the marks of a written number may stand: see <see cref="WrittenNumber"/>.</summary>
internal static class NotationRules
{
    private const int FewestAfterADot = 4;
    private const int FewestAfterASlash = 4;
    private const int LongestCountryCode = 3;

    /// <summary>A trunk zero and five digits.</summary>
    private const int LongestAreaCode = 6;

    private const string TrunkZero = "0";
    private const string International = "00";

    /// <summary>The error of the first mark that stands where none is read; null: all are.</summary>
    /// <param name="marks">As <see cref="NumberMarks.Joined"/> gives them; at least one.</param>
    public static string? ErrorOf(IReadOnlyList<NumberMark> marks) => ErrorOfPlus(marks) ?? ErrorOfBrackets(marks) ?? ErrorOfHyphens(marks) ?? ErrorOfDots(marks) ?? ErrorOfSlash(marks);

    private static string? ErrorOfPlus(IReadOnlyList<NumberMark> marks)
    {
        var allowed = marks[0].Character == '(' ? 1 : 0;
        return IndexesOf(marks, '+').Where(index => index != allowed).Select(index => NumberErrors.Plus(marks[index])).FirstOrDefault();
    }

    private static string? ErrorOfBrackets(IReadOnlyList<NumberMark> marks)
    {
        int[] brackets = [.. Enumerable.Range(0, marks.Count).Where(index => marks[index].Character is '(' or ')')];
        if (brackets.Length == 0)
        {
            return null;
        }

        // The first that is one too many, or the wrong one; else the one that is never closed.
        var wrong = Array.FindIndex(brackets, index => marks[index].Character != (index == brackets[0] ? '(' : ')') || (brackets.Length > 2 && index == brackets[2]));
        if (wrong >= 0 || brackets.Length == 1)
        {
            return NumberErrors.Bracket(marks[brackets[Math.Max(0, wrong)]]);
        }

        var (from, to) = (brackets[0], brackets[1]);
        var isFollowed = to + 1 < marks.Count || from == 0; // "0170 1234567 (2)" counts something
        var isPlace = from == 0 || marks[from - 1].IsDigit || marks[from - 1].Character is '-' or '+';
        return isFollowed && isPlace && AreDigits(marks.Skip(from + 1).Take(to - from - 1).ToArray()) ? null : NumberErrors.Bracket(marks[from]);
    }

    private static bool AreDigits(NumberMark[] within) => within.Length > 0 && within[^1].IsDigit && within[0].Character != '-' && within.All(mark => mark.Character is not ('.' or '/'));

    private static string? ErrorOfHyphens(IReadOnlyList<NumberMark> marks) => IndexesOf(marks, '-')
        .Where(index => !(EndsAGroup(marks, index - 1) && BeginsAGroup(marks, index + 1)))
        .Select(index => NumberErrors.Hyphen(marks[index])).FirstOrDefault();

    private static string? ErrorOfDots(IReadOnlyList<NumberMark> marks)
    {
        var dots = IndexesOf(marks, '.');
        var isInternational = marks.Any(mark => mark.Character == '+');
        if (dots is [var only])
        {
            var after = marks.Skip(only + 1).TakeWhile(mark => mark.IsDigit).ToArray();
            var isWhole = after.Length >= FewestAfterADot && after.Any(mark => mark.Character != '0');
            return isWhole && (isInternational ? EndsAGroup(marks, only - 1) : DigitsBefore(marks, only) >= 2) ? null : NumberErrors.Decimal(marks[only]);
        }

        // "+1.555…": a country code alone may have one digit.
        return dots.Where(index => !(DigitsAfter(marks, index) >= 2 && (DigitsBefore(marks, index) >= 2 || IsCountryCode(index))))
            .Select(index => NumberErrors.Dots(marks[index])).FirstOrDefault();

        bool IsCountryCode(int dot) => isInternational && dot == 2 && DigitsBefore(marks, dot) == 1;
    }

    private static string? ErrorOfSlash(IReadOnlyList<NumberMark> marks)
    {
        var slashes = IndexesOf(marks, '/');
        if (slashes.Length == 0)
        {
            return null;
        }

        if (slashes.Length > 1)
        {
            return NumberErrors.Slash(marks[slashes[1]]);
        }

        var slash = slashes[0];
        var isRead = EndsAGroup(marks, slash - 1) && BeginsAGroup(marks, slash + 1) && IsAreaCode(marks.Take(slash))
            && marks.Skip(slash).Count(mark => mark.IsDigit) >= FewestAfterASlash;
        return isRead ? null : NumberErrors.Slash(marks[slash]);
    }

    // "030", "(030)"; "+49 30", "+49 (0)30", "+4930", "0049 30": an area code, with or without the country's before it, and nothing else.
    private static bool IsAreaCode(IEnumerable<NumberMark> before)
    {
        var text = string.Concat(before.Select(mark => mark.Character));
        var isInternational = text.Contains('+', StringComparison.Ordinal) || text.StartsWith(International, StringComparison.Ordinal);
        var groups = text.Split(['+', ' ', '-', '.', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(group => group != TrunkZero).ToArray();
        return groups switch
        {
            [var country, { Length: <= LongestAreaCode }] => isInternational && WithoutPrefix(country).Length <= LongestCountryCode,
            [var both] when isInternational => WithoutPrefix(both).Length <= LongestCountryCode + LongestAreaCode - 1,
            [{ Length: >= 2 and <= LongestAreaCode }] => true,
            _ => false,
        };
    }

    private static string WithoutPrefix(string group) => group.StartsWith(International, StringComparison.Ordinal) ? group[International.Length..] : group;

    private static int[] IndexesOf(IReadOnlyList<NumberMark> marks, char character) =>
        [.. Enumerable.Range(0, marks.Count).Where(index => marks[index].Character == character)];

    private static bool EndsAGroup(IReadOnlyList<NumberMark> marks, int index) => index >= 0 && (marks[index].IsDigit || marks[index].Character == ')');

    private static bool BeginsAGroup(IReadOnlyList<NumberMark> marks, int index) => index < marks.Count && (marks[index].IsDigit || marks[index].Character == '(');

    private static int DigitsBefore(IReadOnlyList<NumberMark> marks, int index)
    {
        index -= index > 0 && marks[index - 1].Character == ')' ? 2 : 1;
        var count = 0;
        while (index >= 0 && marks[index].IsDigit)
        {
            (index, count) = (index - 1, count + 1);
        }

        return count;
    }

    private static int DigitsAfter(IReadOnlyList<NumberMark> marks, int index) => marks.Skip(index + 1).TakeWhile(mark => mark.IsDigit).Count();
}
