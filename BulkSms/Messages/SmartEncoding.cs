using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using BulkSms.Common;
using BulkSms.Segments;

namespace BulkSms.Messages;

/// <summary>
/// Replaces characters that come from word processors and make a text UCS-2 though GSM-7 has their like: curly quotes, dashes, spaces of other widths, the ellipsis.
/// </summary>
public static class SmartEncoding
{
    private static readonly FrozenDictionary<char, string> Table = SmartEncodingTable.Rows
        .SelectMany(row => row.Characters.Select(character => KeyValuePair.Create(character, row.Becomes))).ToFrozenDictionary();

    private static readonly SearchValues<char> Known = SearchValues.Create([.. Table.Keys]);

    /// <summary>What is replaced, and what it becomes.</summary>
    public static IReadOnlyDictionary<char, string> Replacements => Table;

    /// <summary>The text with everything replaced. A text that would take more segments for it, since another character keeps it UCS-2, stays as it is.</summary>
    /// <param name="text">In NFC.</param>
    /// <param name="tally">Counts what is replaced; null: it is not counted.</param>
    public static string Of(string text, ReplacementTally? tally = null)
    {
        if (text.AsSpan().IndexOfAny(Known) < 0)
        {
            return text;
        }

        var (replaced, done) = (new StringBuilder(text.Length + 16), new List<(char Character, string Becomes)>());
        foreach (var character in text)
        {
            if (Table.TryGetValue(character, out var becomes))
            {
                becomes = Apart(replaced, becomes);
                done.Add((character, becomes));
                replaced.Append(becomes);
            }
            else
            {
                replaced.Append(character);
            }
        }

        var result = Composition.Of(replaced.ToString()); // a mark may stand on what came in
        if (MessageSegments.Of(result).Count > MessageSegments.Of(text).Count)
        {
            tally?.AddUnchanged();
            return text;
        }

        tally?.Add(done);
        return result;
    }

    // 1½ must not become 11/2.
    private static string Apart(StringBuilder before, string becomes) =>
        before.Length > 0 && char.IsAsciiDigit(before[^1]) && char.IsAsciiDigit(becomes is [var first, _, ..] ? first : ' ') ? " " + becomes : becomes;
}
