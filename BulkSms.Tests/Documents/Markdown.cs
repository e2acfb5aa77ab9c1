using System.Text.RegularExpressions;

namespace BulkSms.Tests.Documents;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Language">What follows the first fence: <c>sh</c>, say; empty when nothing does.</param>
/// <param name="Text">Its lines, without the fences.</param>
/// <param name="Line">The line of its first fence, from 1.</param>
internal sealed record Fence(string Language, string Text, int Line)
{
    /// <summary>The first and last line of the text, from 1.</summary>
    public int LastLine => Line + Text.Split('\n').Length;
}

/// <summary>As much of Markdown as the tests need.</summary>
internal static partial class Markdown
{
    private const string Mark = "```";

    public static IReadOnlyList<Fence> FencesOf(string text)
    {
        var (fences, lines, begun) = (new List<Fence>(), text.Split('\n'), -1);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith(Mark, StringComparison.Ordinal))
            {
                continue;
            }

            if (begun < 0)
            {
                begun = i;
                continue;
            }

            fences.Add(new(lines[begun].Trim()[Mark.Length..], string.Join('\n', lines[(begun + 1)..i]), begun + 1));
            begun = -1;
        }

        Assert.True(begun < 0, $"The fence of line {begun + 1} has no end.");
        return fences;
    }

    /// <summary>The text without its fenced blocks and code spans.</summary>
    public static string ProseOf(string text)
    {
        var inFence = false;
        var lines = text.Split('\n').Select(line =>
        {
            var isFence = line.TrimStart().StartsWith(Mark, StringComparison.Ordinal);
            inFence ^= isFence;
            return isFence || inFence ? "" : Code().Replace(line, "");
        });
        return string.Join('\n', lines);
    }

    /// <summary>The anchors that GitHub makes of the headings.</summary>
    public static IReadOnlySet<string> AnchorsOf(string text)
    {
        var (anchors, inFence) = (new HashSet<string>(StringComparer.Ordinal), false);
        foreach (var line in text.Split('\n'))
        {
            inFence ^= line.TrimStart().StartsWith(Mark, StringComparison.Ordinal);
            if (!inFence && Heading().Match(line) is { Success: true } heading)
            {
                var anchor = string.Concat(heading.Groups["text"].Value.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');
                for (var i = 0; !anchors.Add(i == 0 ? anchor : $"{anchor}-{i}"); i++)
                {
                }
            }
        }

        return anchors;
    }

    /// <summary>The targets of all links, and of images.</summary>
    public static IEnumerable<string> LinksOf(string text) => Link().Matches(ProseWithLinks(text)).Select(match => match.Groups["target"].Value);

    // Code spans within a link's words are common; a link within code is none.
    private static string ProseWithLinks(string text)
    {
        var inFence = false;
        return string.Join('\n', text.Split('\n').Where(line =>
        {
            var isFence = line.TrimStart().StartsWith(Mark, StringComparison.Ordinal);
            inFence ^= isFence;
            return !isFence && !inFence;
        }));
    }

    [GeneratedRegex("`[^`\n]*`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^#{1,6}\s+(?<text>.*?)\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
