using System.Collections;
using BulkSms.Common;

namespace BulkSms.Recipients;

/// <summary>Many E.164 numbers, eight bytes each: a million texts of their own would be six times as much. A number is written anew each time that it is asked for.</summary>
internal sealed class NumberList : IReadOnlyList<string>
{
    private readonly ChunkedList<ulong> packed = new();
    private readonly Dictionary<int, string> others = []; // what is no such number; the reader of numbers makes none

    public int Count => packed.Count;

    public string this[int index] => packed[index] is var number and not PackedNumber.None ? PackedNumber.Write(number) : others[index];

    /// <summary>A number as an integer: see <see cref="PackedNumber"/>.</summary>
    public ulong PackedAt(int index) => packed[index];

    public void Add(string number)
    {
        var integer = PackedNumber.Of(number);
        if (integer == PackedNumber.None)
        {
            others[Count] = number;
        }

        packed.Add(integer);
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
