using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace BulkSms.Common;

/// <summary>What <see cref="Composition"/> knows of characters, Hangul syllables apart: <c>Nfc.txt</c> says how it is written.</summary>
internal sealed class CompositionTable
{
    private const string Resource = "BulkSms.Common.Nfc.txt";
    private readonly FrozenDictionary<int, int[]> parts;
    private readonly FrozenDictionary<(int First, int Second), int> pairs;
    private readonly FrozenDictionary<int, byte> classes;

    private CompositionTable(Dictionary<int, int[]> parts, Dictionary<(int First, int Second), int> pairs, Dictionary<int, byte> classes)
    {
        (this.parts, this.pairs, this.classes) = (parts.ToFrozenDictionary(), pairs.ToFrozenDictionary(), classes.ToFrozenDictionary());
        var changing = parts.Keys.Except(pairs.Values).Concat(pairs.Keys.Select(pair => pair.Second)).Concat(classes.Keys)
            .Concat(Enumerable.Range(0x1161, 21)).Concat(Enumerable.Range(0x11A8, 27));
        MayChange = SearchValues.Create([.. changing.Select(point => char.ConvertFromUtf32(point)[0]).Distinct()]);
    }

    /// <summary>Characters without which a text is composed: those that only decompose, those that compose with the one before, and marks. Of pairs of surrogates the first.</summary>
    public SearchValues<char> MayChange { get; }

    /// <summary>What a character decomposes to, one step; null: nothing.</summary>
    public int[]? PartsOf(int point) => parts.GetValueOrDefault(point);

    /// <summary>Its combining class; 0: it is no mark.</summary>
    public byte ClassOf(int point) => classes.GetValueOrDefault(point);

    /// <summary>What two characters compose to; null: nothing.</summary>
    public int? Pair(int first, int second) => pairs.TryGetValue((first, second), out var one) ? one : null;

    public static CompositionTable Load()
    {
        using var stream = typeof(CompositionTable).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var (parts, pairs, classes) = (new Dictionary<int, int[]>(), new Dictionary<(int, int), int>(), new Dictionary<int, byte>());
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var words = line.Split(' ');
            if (words[0].EndsWith(':'))
            {
                var points = words[1].Split('-');
                for (var point = Point(points[0]); point <= Point(points[^1]); point++)
                {
                    classes[point] = byte.Parse(words[0].TrimEnd(':'), CultureInfo.InvariantCulture);
                }

                continue;
            }

            int[] decomposed = [.. words.Skip(2).Select(Point)];
            parts[Point(words[0])] = decomposed;
            if (words[1] == "=")
            {
                pairs[(decomposed[0], decomposed[1])] = Point(words[0]);
            }
        }

        return new(parts, pairs, classes);
    }

    private static int Point(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
