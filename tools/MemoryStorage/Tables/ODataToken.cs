namespace BulkSms.MemoryStorage.Tables;

/// <summary>What a token's text stands for.</summary>
internal enum LiteralKind
{
    /// <summary>A word, a number, a parenthesis.</summary>
    Plain,
    String,
    Time,
}

/// <summary>A word, a literal or a parenthesis of a filter.</summary>
internal readonly record struct ODataToken(LiteralKind Kind, string Text)
{
    public bool Is(string word) => Kind is LiteralKind.Plain && Text == word;

    public static List<ODataToken> Split(string filter)
    {
        var tokens = new List<ODataToken>();
        for (var i = 0; i < filter.Length;)
        {
            switch (filter[i])
            {
                case ' ':
                    i++;
                    break;
                case '(' or ')':
                    tokens.Add(new(LiteralKind.Plain, filter[i++].ToString()));
                    break;
                case '\'':
                    tokens.Add(new(LiteralKind.String, Quoted(filter, ref i)));
                    break;
                default:
                    var end = filter.AsSpan(i).IndexOfAny(" ()'") is var length and >= 0 ? i + length : filter.Length;
                    var word = filter[i..end];
                    i = end;
                    tokens.Add(i < filter.Length && filter[i] == '\'' && word == "datetime" ? new(LiteralKind.Time, Quoted(filter, ref i)) : new(LiteralKind.Plain, word));
                    break;
            }
        }

        return tokens;
    }

    private static string Quoted(string filter, ref int i)
    {
        var start = ++i;
        while (true)
        {
            i = filter.IndexOf('\'', i);
            if (i < 0)
            {
                throw new FormatException("A string is not closed.");
            }

            if (i + 1 < filter.Length && filter[i + 1] == '\'')
            {
                i += 2;
                continue;
            }

            return filter[start..i++].Replace("''", "'", StringComparison.Ordinal);
        }
    }
}
