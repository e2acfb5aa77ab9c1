namespace BulkSms.Recipients;

/// <summary>The phones of a list of numbers (see <see cref="NumberVariants"/>), each by the index of its first number: a million phones are two million integers.</summary>
/// <param name="numbers">The numbers; it may grow.</param>
internal sealed class PhoneSet(NumberList numbers)
{
    private const int FirstSize = 16;
    private readonly Dictionary<string, int> others = new(StringComparer.Ordinal);
    private int[] slots = new int[FirstSize]; // an index and one; zero is free. The next free place after the one that its hash says
    private int count;

    /// <summary>The index of the first number of a phone; null: there is none.</summary>
    public int? IndexOf(string number)
    {
        var packed = PackedNumber.Of(number);
        return packed == PackedNumber.None ? others.TryGetValue(NumberVariants.KeyOf(number), out var other) ? other : null
            : slots[SlotOf(PackedNumber.KeyOf(packed))] is var found and > 0 ? found - 1
            : null;
    }

    /// <summary>Adds the phone of a number, by its index, if it is not there.</summary>
    public void Add(int index)
    {
        if (numbers.PackedAt(index) == PackedNumber.None)
        {
            others.TryAdd(NumberVariants.KeyOf(numbers[index]), index);
            return;
        }

        if (2 * (count + 1) > slots.Length)
        {
            Grow();
        }

        ref var slot = ref slots[SlotOf(KeyAt(index))];
        if (slot == 0)
        {
            slot = index + 1;
            count++;
        }
    }

    private ulong KeyAt(int index) => PackedNumber.KeyOf(numbers.PackedAt(index));

    // Where a phone is, or would be. The hash differs from process to process, so that no list can be made to fall together.
    private int SlotOf(ulong key)
    {
        var mask = slots.Length - 1;
        var at = HashCode.Combine(key) & mask;
        while (slots[at] is var taken and > 0 && KeyAt(taken - 1) != key)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    private void Grow()
    {
        var before = slots;
        slots = new int[before.Length * 2];
        foreach (var taken in before)
        {
            if (taken > 0)
            {
                slots[SlotOf(KeyAt(taken - 1))] = taken;
            }
        }
    }
}
