using System.Buffers;

namespace BulkSms.Messages;

/// <summary>What a text must be to be sent.</summary>
public static class MessageRules
{
    private static readonly SearchValues<char> UnsendableControls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(c => (char)c).Except(['\t', '\n', '\f', '\r']), '\u007f']);

    /// <summary>What is wrong with a text, in words; nothing when it can be sent.</summary>
    /// <param name="text">Valid Unicode.</param>
    /// <param name="maxLength">UTF-16 code units.</param>
    public static IEnumerable<string> FaultsOf(string text, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            yield return "must not be blank";
        }
        else if (text.Length > maxLength)
        {
            yield return $"must be at most {maxLength} characters; it has {text.Length}";
        }

        if (text.Contains('\ufffd', StringComparison.Ordinal))
        {
            yield return "must not contain U+FFFD, which stands for characters that were lost before: take the text from where it is whole";
        }

        if (HasControls(text))
        {
            yield return "must not contain control characters other than tab, line feed, form feed and carriage return";
        }
    }

    public static bool HasControls(string text) => text.AsSpan().ContainsAny(UnsendableControls);
}
