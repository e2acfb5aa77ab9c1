namespace BulkSms.Segments;

/// <summary>The parts in which a text is sent and billed.</summary>
/// <param name="Encoding">GSM-7 if every character is in its alphabet, else UCS-2.</param>
/// <param name="Count">Segments: one up to 160 septets or 70 UTF-16 units, else of 153 or 67 each (the rest is the join header).</param>
/// <param name="Units">Septets (GSM-7) or UTF-16 code units (UCS-2) in the whole text.</param>
public readonly record struct MessageSegments(SmsEncoding Encoding, int Count, int Units)
{
    private const int GsmSingle = 160;
    private const int GsmJoined = 153;
    private const int UcsSingle = 70;
    private const int UcsJoined = 67;

    /// <summary>A message whose segments are not known: it counts as one.</summary>
    public static MessageSegments Uncounted { get; } = new(SmsEncoding.Gsm7, 1, 0);

    /// <summary>Counts a text's segments. Allocates nothing; an empty text has none.</summary>
    public static MessageSegments Of(ReadOnlySpan<char> text)
    {
        var septets = TotalSeptets(text);
        if (septets < 0)
        {
            return new(SmsEncoding.Ucs2, text.Length <= UcsSingle ? Math.Sign(text.Length) : CountUcs2(text), text.Length);
        }

        return new(SmsEncoding.Gsm7, septets <= GsmSingle ? Math.Sign(septets) : CountGsm7(text), septets);
    }

    /// <summary>The most segments and units of either; UCS-2 if one is.</summary>
    public MessageSegments Or(MessageSegments other) => new(
        other.Encoding is SmsEncoding.Ucs2 ? SmsEncoding.Ucs2 : Encoding, Math.Max(Count, other.Count), Math.Max(Units, other.Units));

    /// <summary>The septets of the whole text, or -1 when a character is outside GSM-7.</summary>
    private static int TotalSeptets(ReadOnlySpan<char> text)
    {
        var total = 0;
        foreach (var character in text)
        {
            var septets = Gsm7.Septets(character);
            if (septets == 0)
            {
                return -1;
            }

            total += septets;
        }

        return total;
    }

    private static int CountGsm7(ReadOnlySpan<char> text)
    {
        var (segments, used) = (1, 0);
        foreach (var character in text)
        {
            Add(Gsm7.Septets(character), GsmJoined, ref segments, ref used);
        }

        return segments;
    }

    private static int CountUcs2(ReadOnlySpan<char> text)
    {
        var (segments, used) = (1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            Add(pair ? 2 : 1, UcsJoined, ref segments, ref used);
            i += pair ? 1 : 0;
        }

        return segments;
    }

    // An escape sequence or a surrogate pair is never split: what does not fit whole opens the next segment.
    private static void Add(int units, int capacity, ref int segments, ref int used)
    {
        if (used + units > capacity)
        {
            segments++;
            used = 0;
        }

        used += units;
    }
}
