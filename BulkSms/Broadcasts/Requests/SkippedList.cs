using System.Buffers;
using System.Collections;
using System.Text;
using BulkSms.Messages;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Entries that are no recipients, in their order: of a bad file there may be as many as of a good one, so their texts are packed as UTF-8.</summary>
internal sealed class SkippedList : IReadOnlyCollection<SkippedEntry>
{
    /// <summary>What is kept of what stood in a number's place: a number is shorter.</summary>
    private const int LongestWritten = 200;

    private const byte Separator = 0;
    private static readonly string[] Reasons = [SkippedReason.Invalid, SkippedReason.Duplicate, SkippedReason.OptedOut, SkippedReason.KnownBad];
    private readonly List<(int Place, int DuplicateOf, byte Reason, bool HasOtherText, bool HasReference, DateTimeOffset? Since, int? Code)> entries = [];
    private readonly PackedTexts texts = new();
    private readonly ArrayBufferWriter<byte> buffer = new();

    public int Count => entries.Count;

    public void Add(SkippedEntry entry)
    {
        entries.Add((entry.Place, entry.DuplicateOf ?? 0, (byte)Array.IndexOf(Reasons, entry.Reason), entry.HasOtherText, entry.Reference is not null, entry.Since, entry.Code));
        buffer.ResetWrittenCount();
        Write(Shortened(entry.Written));
        Write(entry.Reference ?? "");
        Write(entry.Detail ?? "");
        Write(entry.To ?? "");
        texts.Add(buffer.WrittenSpan[..^1]);
    }

    public IEnumerator<SkippedEntry> GetEnumerator() => Enumerable.Range(0, Count).Select(At).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The beginning of a long text: no half of a pair of surrogates.</summary>
    private static string Shortened(string text) =>
        text.Length <= LongestWritten ? text : $"{text[..(char.IsHighSurrogate(text[LongestWritten - 1]) ? LongestWritten - 1 : LongestWritten)]}…";

    private SkippedEntry At(int index)
    {
        var (place, duplicateOf, reason, hasOtherText, hasReference, since, code) = entries[index];
        var parts = Encoding.UTF8.GetString(texts[index]).Split((char)Separator);
        var isDuplicate = Reasons[reason] == SkippedReason.Duplicate;
        return new(
            place, parts[0], Reasons[reason], hasReference ? parts[1] : null, parts[2].Length > 0 ? parts[2] : null, isDuplicate ? duplicateOf : null, hasOtherText, since)
        {
            Code = code,
            To = parts[3].Length > 0 ? parts[3] : null,
        };
    }

    private void Write(string text)
    {
        Encoding.UTF8.GetBytes(text.Replace((char)Separator, ' '), buffer);
        buffer.Write([Separator]);
    }
}

/// <summary>Two lists of skipped entries as one, in the order of the entries.</summary>
internal sealed class MergedSkipped(IReadOnlyCollection<SkippedEntry> first, IReadOnlyCollection<SkippedEntry> second) : IReadOnlyCollection<SkippedEntry>
{
    public int Count => first.Count + second.Count;

    public IEnumerator<SkippedEntry> GetEnumerator()
    {
        using var one = first.GetEnumerator();
        using var other = second.GetEnumerator();
        var (hasOne, hasOther) = (one.MoveNext(), other.MoveNext());
        while (hasOne || hasOther)
        {
            if (hasOne && (!hasOther || one.Current.Place <= other.Current.Place))
            {
                yield return one.Current;
                hasOne = one.MoveNext();
            }
            else
            {
                yield return other.Current;
                hasOther = other.MoveNext();
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
