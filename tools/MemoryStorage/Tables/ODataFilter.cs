using System.Globalization;

namespace BulkSms.MemoryStorage.Tables;

/// <summary>
/// A table query's filter: comparisons of a property with a literal, <c>and</c>, <c>or</c>, <c>not</c>, parentheses. What it demands of the keys is known, so that a query
/// reads only where rows may be.
/// </summary>
internal sealed class ODataFilter
{
    private static readonly Func<TableRow, bool> All = _ => true;
    private readonly Func<TableRow, bool> matches;

    private ODataFilter(Func<TableRow, bool> matches, Bounds bounds) => (this.matches, PartitionKey, LowestRowKey, HighestRowKey) = (matches, bounds.Partition, bounds.Lowest, bounds.Highest);

    /// <summary>The one partition; null: any.</summary>
    public string? PartitionKey { get; }

    /// <summary>No row before it matches.</summary>
    public string? LowestRowKey { get; }

    /// <summary>No row after it matches.</summary>
    public string? HighestRowKey { get; }

    public bool Matches(TableRow row) => matches(row);

    /// <summary>Reads a filter; null or empty: every row.</summary>
    /// <exception cref="FormatException">It is not understood.</exception>
    public static ODataFilter Parse(string? text)
    {
        var bounds = new Bounds();
        if (string.IsNullOrWhiteSpace(text))
        {
            return new(All, bounds);
        }

        var reader = new Reader(ODataToken.Split(text), bounds);
        return new(reader.ReadAll(), bounds);
    }

    private sealed class Bounds
    {
        public string? Partition { get; private set; }

        public string? Lowest { get; private set; }

        public string? Highest { get; private set; }

        public void Take(string name, string comparison, string value)
        {
            switch (name, comparison)
            {
                case ("PartitionKey", "eq"):
                    Partition = value;
                    break;
                case ("RowKey", "eq"):
                    Lowest = Highest = value;
                    break;
                case ("RowKey", "gt" or "ge"):
                    Lowest = string.CompareOrdinal(value, Lowest) > 0 ? value : Lowest;
                    break;
                case ("RowKey", "lt" or "le"):
                    Highest = Highest is null || string.CompareOrdinal(value, Highest) < 0 ? value : Highest;
                    break;
            }
        }
    }

    private sealed class Reader(IReadOnlyList<ODataToken> tokens, Bounds bounds)
    {
        private int position;

        public Func<TableRow, bool> ReadAll()
        {
            var all = ReadOr(mustHold: true);
            return position == tokens.Count ? all : throw new FormatException("The filter goes on where it should end.");
        }

        // Bounds count only where what is read must hold for the whole: not below "or" and "not".
        private Func<TableRow, bool> ReadOr(bool mustHold)
        {
            var first = ReadAnd(mustHold && !HasOr());
            while (Take("or"))
            {
                var (left, right) = (first, ReadAnd(mustHold: false));
                first = row => left(row) || right(row);
            }

            return first;
        }

        private bool HasOr()
        {
            var depth = 0;
            for (var i = position; i < tokens.Count && depth >= 0; i++)
            {
                depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
                if (depth == 0 && tokens[i].Is("or"))
                {
                    return true;
                }
            }

            return false;
        }

        private Func<TableRow, bool> ReadAnd(bool mustHold)
        {
            var first = ReadOne(mustHold);
            while (Take("and"))
            {
                var (left, right) = (first, ReadOne(mustHold));
                first = row => left(row) && right(row);
            }

            return first;
        }

        private Func<TableRow, bool> ReadOne(bool mustHold)
        {
            if (Take("not"))
            {
                var inner = ReadOne(mustHold: false);
                return row => !inner(row);
            }

            if (Take("("))
            {
                var inner = ReadOr(mustHold);
                return Take(")") ? inner : throw new FormatException("A parenthesis is not closed.");
            }

            var (name, comparison, literal) = (Next(), Next(), Next());
            if (mustHold && literal.Kind is LiteralKind.String)
            {
                bounds.Take(name.Text, comparison.Text, literal.Text);
            }

            return Comparison(name.Text, comparison.Text, literal);
        }

        private ODataToken Next() => position < tokens.Count ? tokens[position++] : throw new FormatException("The filter ends too early.");

        private bool Take(string word)
        {
            var isIt = position < tokens.Count && tokens[position].Is(word);
            position += isIt ? 1 : 0;
            return isIt;
        }
    }

    // A row without the property matches nothing, not even "ne".
    private static Func<TableRow, bool> Comparison(string name, string comparison, ODataToken literal)
    {
        Func<int, bool> holds = comparison switch
        {
            "eq" => order => order == 0,
            "ne" => order => order != 0,
            "gt" => order => order > 0,
            "ge" => order => order >= 0,
            "lt" => order => order < 0,
            "le" => order => order <= 0,
            _ => throw new FormatException("A comparison is not known."),
        };
        return name switch
        {
            "PartitionKey" => row => holds(string.CompareOrdinal(row.PartitionKey, literal.Text)),
            "RowKey" => row => holds(string.CompareOrdinal(row.RowKey, literal.Text)),
            "Timestamp" when TableJson.Time(literal.Text) is var time => row => holds(row.Timestamp.CompareTo(time)),
            _ => row => row.Cells.TryGetValue(name, out var cell) && Order(cell, literal) is { } order && holds(order),
        };
    }

    private static int? Order(Cell cell, ODataToken literal) => literal.Kind switch
    {
        LiteralKind.String when cell is { IsString: true, Type: null } => string.CompareOrdinal(cell.Text, literal.Text),
        LiteralKind.Time when cell.Type is "Edm.DateTime" => TableJson.Time(cell.Text).CompareTo(TableJson.Time(literal.Text)),
        LiteralKind.Plain when literal.Text is "true" or "false" => cell.Text == literal.Text ? 0 : 1,
        LiteralKind.Plain when (cell.Type is "Edm.Int64" || !cell.IsString) && double.TryParse(cell.Text, CultureInfo.InvariantCulture, out var number) =>
            number.CompareTo(double.Parse(literal.Text.TrimEnd('L'), CultureInfo.InvariantCulture)),
        _ => null,
    };
}
