namespace BulkSms.OptOuts.Wording;

/// <summary>Places between the words of a text, from 0 before the first: a set, as bits.</summary>
internal readonly record struct Positions(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    /// <summary>Words of the longest text that has room.</summary>
    public const int MaxWords = 255;

    private const int Bits = 64;

    public bool IsEmpty => (First | Second | Third | Fourth) == 0;

    public static Positions At(int index) => (index / Bits) switch
    {
        0 => new(1UL << index, 0, 0, 0),
        1 => new(0, 1UL << (index - Bits), 0, 0),
        2 => new(0, 0, 1UL << (index - (2 * Bits)), 0),
        _ => new(0, 0, 0, 1UL << (index - (3 * Bits))),
    };

    public bool Has(int index) => !(this & At(index)).IsEmpty;

    /// <summary>Each one word further.</summary>
    public Positions Next() => new(First << 1, (Second << 1) | (First >> (Bits - 1)), (Third << 1) | (Second >> (Bits - 1)), (Fourth << 1) | (Third >> (Bits - 1)));

    public Positions Without(Positions others) => this & new Positions(~others.First, ~others.Second, ~others.Third, ~others.Fourth);

    public static Positions operator &(Positions left, Positions right) =>
        new(left.First & right.First, left.Second & right.Second, left.Third & right.Third, left.Fourth & right.Fourth);

    public static Positions operator |(Positions left, Positions right) =>
        new(left.First | right.First, left.Second | right.Second, left.Third | right.Third, left.Fourth | right.Fourth);
}
