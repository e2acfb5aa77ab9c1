using System.Globalization;
using System.Text.RegularExpressions;
using BulkSms.OptOuts.Wording;

namespace BulkSms.Tests.OptOuts;

/// <summary>The wordings in <c>wordings.txt</c>, with what each of them is.</summary>
public static partial class WordingTable
{
    private const string Resource = "BulkSms.Tests.OptOuts.wordings.txt";

    public static IReadOnlyList<(string Text, InboundVerdict Verdict, int Line)> All { get; } = [.. Read()];

    public static IEnumerable<string> Of(InboundVerdict verdict) => All.Where(each => each.Verdict == verdict).Select(each => each.Text);

    private static IEnumerable<(string Text, InboundVerdict Verdict, int Line)> Read()
    {
        using var stream = typeof(WordingTable).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.Length > 0 && text[0] != '#')
            {
                yield return (Unescape(text[2..]), VerdictOf(text[0]), line);
            }
        }
    }

    private static InboundVerdict VerdictOf(char sign) => sign switch
    {
        '+' => InboundVerdict.OptOut,
        '?' => InboundVerdict.Review,
        '-' => InboundVerdict.None,
        '>' => InboundVerdict.OptIn,
        _ => throw new FormatException($"No verdict: {sign}"),
    };

    private static string Unescape(string text) => Escape().Replace(text, match => match.Value switch
    {
        "\\n" => "\n",
        "\\r" => "\r",
        "\\t" => "\t",
        var code => ((char)int.Parse(code.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
    });

    [GeneratedRegex(@"\\(?:[nrt]|u[0-9a-fA-F]{4})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Escape();
}
