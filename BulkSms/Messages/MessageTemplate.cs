using System.Text.RegularExpressions;
using BulkSms.Common;

namespace BulkSms.Messages;

/// <summary>
/// A text with placeholders, such as <c>Hello {{First Name}}</c>, or <c>Hello {{name|there}}</c> with what stands for a missing or empty value. Names have at most 64
/// characters and are compared as <see cref="ForgivingName"/> does. What is put in is never read as a template again.
/// </summary>
public sealed partial class MessageTemplate
{
    /// <summary>Placeholders of a template, each use counted.</summary>
    public const int MaxPlaceholders = 50;

    private const string Opening = "{{";
    private const char NoBreakBlank = '\u00a0';
    private readonly Piece[] pieces;

    private MessageTemplate(Piece[] pieces, IReadOnlyList<string> names) => (this.pieces, Names) = (pieces, names);

    /// <summary>The names, each once, in the order of their first use.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether each use of a name says what stands for a missing value.</summary>
    /// <param name="index">Of the name, among <see cref="Names"/>.</param>
    public bool HasDefault(int index) => Array.TrueForAll(pieces, piece => piece.Literal is not null || piece.Value != index || piece.Default is not null);

    /// <summary>What stands between the placeholders.</summary>
    public IEnumerable<string> Literals => pieces.Select(piece => piece.Literal).OfType<string>();

    /// <summary>Characters that every text made from it has.</summary>
    public int LiteralLength => pieces.Sum(piece => piece.Literal?.Length ?? 0);

    /// <summary>Whether a text is to be read as a template; if not, it is sent as it is.</summary>
    public static bool IsTemplate(string text) => text.Contains(Opening, StringComparison.Ordinal);

    /// <summary>Reads a template.</summary>
    /// <param name="text">What the caller wrote.</param>
    /// <param name="fault">What is wrong with it, in words, with the position; null when nothing is.</param>
    /// <param name="literalBraces">Whether braces that begin no placeholder stand for themselves.</param>
    public static MessageTemplate? Parse(string text, out string? fault, bool literalBraces = false)
    {
        var (pieces, names) = (new List<Piece>(), new List<string>());
        var (at, placeholders) = (0, 0);
        for (int from = 0, next; (next = text.IndexOf(Opening, from, StringComparison.Ordinal)) >= 0; from = Math.Max(at, next + 1))
        {
            if (Placeholder().Match(text, next) is not { Success: true } found)
            {
                if (literalBraces)
                {
                    continue;
                }

                fault = $"has {{{{ at character {next + 1} that begins no placeholder: write {{{{name}}}}, or {{{{name|there}}}} with what stands for a missing value";
                return null;
            }

            if (++placeholders > MaxPlaceholders)
            {
                fault = $"must have at most {MaxPlaceholders} placeholders";
                return null;
            }

            AddLiteral(pieces, text[at..next]);
            pieces.Add(new(null, IndexOf(names, found.Groups["name"].Value.Trim()), found.Groups["default"] is { Success: true } other ? other.Value.Trim() : null));
            at = next + found.Length;
        }

        AddLiteral(pieces, text[at..]);
        fault = null;
        return new([.. pieces], names);
    }

    /// <summary>The same text with usual blanks in the names of placeholders: JSON escapes others, and a name that is escaped is none.</summary>
    public static string WithUsualBlanks(string text)
    {
        if (!text.Contains(NoBreakBlank))
        {
            return text;
        }

        var characters = text.ToCharArray();
        for (int from = 0, next; (next = text.IndexOf(Opening, from, StringComparison.Ordinal)) >= 0;)
        {
            var found = Placeholder().Match(text, next);
            from = next + Math.Max(found.Length, 1);
            if (found.Success)
            {
                var end = text.IndexOf('|', next, found.Length) is var bar and >= 0 ? bar : from;
                characters.AsSpan(next, end - next).Replace(NoBreakBlank, ' ');
            }
        }

        return new string(characters);
    }

    /// <summary>The text for one recipient.</summary>
    /// <param name="values">A value for each of <see cref="Names"/>; empty: there is none.</param>
    public string Render(string[] values)
    {
        var length = 0;
        foreach (var piece in pieces)
        {
            length += piece.Of(values).Length;
        }

        return string.Create(length, (pieces, values), static (text, each) =>
        {
            foreach (var piece in each.pieces)
            {
                var part = piece.Of(each.values);
                part.CopyTo(text);
                text = text[part.Length..];
            }
        });
    }

    private static void AddLiteral(List<Piece> pieces, string literal)
    {
        if (literal.Length > 0)
        {
            pieces.Add(new(literal, 0));
        }
    }

    private static int IndexOf(List<string> names, string name)
    {
        var key = ForgivingName.KeyOf(name);
        if (names.FindIndex(known => ForgivingName.KeyOf(known) == key) is var index and >= 0)
        {
            return index;
        }

        names.Add(name);
        return names.Count - 1;
    }

    [GeneratedRegex(
        @"\G\{\{[\x20\u00a0]*(?<name>[\p{L}\p{M}\p{Nd}_.-]([\p{L}\p{M}\p{Nd}_.'’()/&#:\x20\u00a0-]{0,62}[\p{L}\p{M}\p{Nd}_.'’()/&#:-])?)[\x20\u00a0]*(\|(?<default>[^{}]*))?\}\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    /// <param name="Literal">Text as it is; null: a value.</param>
    /// <param name="Value">Index of its name.</param>
    /// <param name="Default">What stands for an empty value; null: nothing does.</param>
    private readonly record struct Piece(string? Literal, int Value, string? Default = null)
    {
        public string Of(string[] values) => Literal ?? (values[Value].Length > 0 ? values[Value] : Default ?? "");
    }
}
