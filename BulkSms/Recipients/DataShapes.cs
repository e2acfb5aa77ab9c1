using System.Globalization;
using System.Text;

namespace BulkSms.Recipients;

/// <summary>The names of the data of a list's recipients: kept once for all recipients that have the same.</summary>
internal sealed class DataShapes
{
    /// <summary>Different names of data in one list: <c>results.csv</c> has a column for each.</summary>
    public const int MaxColumns = 1000;

    /// <summary>Characters of all these names: they stand in the broadcast's row.</summary>
    public const int MaxColumnCharacters = 16_000;

    private readonly List<Shape> shapes = [];
    private readonly Dictionary<string, int> byNames = new(StringComparer.Ordinal);
    private readonly List<string> columns = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private int last;

    /// <summary>The names, each once, in the order of their first use.</summary>
    public IReadOnlyList<string> Columns => columns;

    public Shape this[int index] => shapes[index];

    /// <summary>Why a recipient's names cannot be kept; null: they can.</summary>
    public string? FaultOf(IReadOnlyList<KeyValuePair<string, string>> data)
    {
        if (IsShape(last, data))
        {
            return null;
        }

        var added = Unique(data).Where(name => !known.Contains(name)).ToArray();
        return added.Length > 0 && (columns.Count + added.Length > MaxColumns || columns.Concat(added).Sum(name => name.Length) > MaxColumnCharacters)
            ? $"has data by yet another name: a list has at most {MaxColumns} different names, of {MaxColumnCharacters} characters in all"
            : null;
    }

    /// <summary>The index of the names that a recipient's data has; they are added when they are new.</summary>
    public int IndexOf(IReadOnlyList<KeyValuePair<string, string>> data)
    {
        if (IsShape(last, data))
        {
            return last;
        }

        var names = string.Concat(data.Select(each => $"{each.Key.Length} {each.Key}")); // a name may hold any character
        if (!byNames.TryGetValue(names, out last))
        {
            last = byNames[names] = shapes.Count;
            shapes.Add(new(Unique(data)));
            columns.AddRange(shapes[^1].Names.Where(known.Add));
        }

        return last;
    }

    /// <summary>The names of one recipient's data. An object has each name once: of two columns with one name the second is called "name (2)".</summary>
    public static string[] Unique(IReadOnlyList<KeyValuePair<string, string>> data)
    {
        var taken = new HashSet<string>(data.Count, StringComparer.Ordinal);
        var names = new string[data.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = data[i].Key;
            for (var n = 2; !taken.Add(names[i]); n++)
            {
                names[i] = string.Create(CultureInfo.InvariantCulture, $"{data[i].Key} ({n})");
            }
        }

        return names;
    }

    private bool IsShape(int index, IReadOnlyList<KeyValuePair<string, string>> data)
    {
        if (index >= shapes.Count || shapes[index].Names is not { } names || names.Length != data.Count)
        {
            return false;
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] != data[i].Key)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Names that recipients have together.</summary>
    /// <param name="names">In the order given.</param>
    public sealed class Shape(string[] names)
    {
        public string[] Names => names;

        /// <summary>The order of the names' own: data is the same in whatever order it is given.</summary>
        public int[] Order { get; } = [.. Enumerable.Range(0, names.Length).OrderBy(index => names[index], StringComparer.Ordinal)];

        /// <summary>All names, in that order.</summary>
        public byte[] Key => field ??= Encoding.UTF8.GetBytes(string.Join('\0', Order.Select(index => names[index])));
    }
}
