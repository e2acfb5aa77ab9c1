using System.Text;

namespace BulkSms.Messages;

/// <summary>
/// Many short texts as UTF-8 in a few large blocks: 100,000 arrays of their own would cost as much again, and the garbage collector would move them about.
/// </summary>
internal sealed class PackedTexts
{
    private const int FirstBlock = 4 * 1024;
    private const int LargestBlock = 256 * 1024;
    private readonly List<byte[]> blocks = [];
    private readonly List<Place> places = [];
    private int used;

    public int Count => places.Count;

    /// <summary>The bytes of a text, by index.</summary>
    public ReadOnlySpan<byte> this[int index] => blocks[places[index].Block].AsSpan(places[index].Start, places[index].Length);

    /// <summary>Adds the next one, which need be no text.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        bytes.CopyTo(blocks[^1].AsSpan(used));
        used += bytes.Length;
    }

    /// <summary>Adds the next text, made of parts.</summary>
    public void Add(IReadOnlyList<string> parts, char separator)
    {
        MakeRoom(parts.Sum(Encoding.UTF8.GetByteCount) + parts.Count - 1);
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0)
            {
                blocks[^1][used++] = (byte)separator;
            }

            used += Encoding.UTF8.GetBytes(parts[i], blocks[^1].AsSpan(used));
        }
    }

    private void MakeRoom(int length)
    {
        if (blocks.Count == 0 || used + length > blocks[^1].Length)
        {
            var size = blocks.Count == 0 ? FirstBlock : Math.Min(blocks[^1].Length * 2, LargestBlock);
            blocks.Add(new byte[Math.Max(size, length)]);
            used = 0;
        }

        places.Add(new(blocks.Count - 1, used, length));
    }

    private readonly record struct Place(int Block, int Start, int Length);
}
