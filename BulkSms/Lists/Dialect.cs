using System.Text.RegularExpressions;

namespace BulkSms.Lists;

/// <summary>What a text file's cells are separated by, as its first lines show.</summary>
/// <param name="Separator">It.</param>
/// <param name="Other">Another that fits as well; null: there is none.</param>
/// <param name="IsNamed">Whether the file names it, in a line <c>sep=;</c> before the header.</param>
internal sealed partial record Dialect(char Separator, char? Other = null, bool IsNamed = false)
{
    /// <summary>Those that are found out. Any other can be named.</summary>
    public static readonly IReadOnlyList<char> Known = [',', ';', '\t', '|'];

    /// <summary>Rows that are compared.</summary>
    private const int Rows = 20;

    /// <summary>How an error names a separator.</summary>
    public static string NameOf(char separator) => separator switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "vertical bars",
        _ => $"'{separator}'",
    };

    /// <summary>Finds it out.</summary>
    /// <param name="head">The beginning of the file.</param>
    /// <param name="isNumbers">Whether a name of the header is that of the numbers' column.</param>
    public static async Task<Dialect> OfAsync(string head, Func<string, bool> isNumbers)
    {
        if (Naming().Match(head) is { Success: true } named)
        {
            return new(named.Groups["separator"].Value[0], IsNamed: true);
        }

        var readings = new List<Reading>();
        foreach (var separator in Known)
        {
            readings.Add(await Reading.OfAsync(head, separator, isNumbers));
        }

        var several = readings.Where(reading => reading.Columns > 1).ToArray();
        var fitting = several.Where(reading => reading.HasNumbers).ToArray();
        if (fitting.Length == 0)
        {
            // One column, or none of the numbers: of the latter, most columns are told. What ends the lines of a single column is seen in them alone.
            return new((several.MaxBy(reading => reading.Columns) ?? readings.MaxBy(reading => reading.SplitRows)!).Separator);
        }

        var whole = fitting.Where(reading => reading.IsWhole).ToArray();
        return whole.Length == 1 ? new(whole[0].Separator)
            : fitting.Length == 1 ? new(fitting[0].Separator)
            : new(fitting[0].Separator, fitting[1].Separator);
    }

    [GeneratedRegex(@"^\s*""?sep=(?<separator>[^\r\n])""?[,;\t|]*(\r\n|\r|\n|\z)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Naming();

    // How the beginning reads with one separator.
    private sealed record Reading(char Separator, int Columns, bool HasNumbers, bool IsWhole, int SplitRows)
    {
        public static async Task<Reading> OfAsync(string head, char separator, Func<string, bool> isNumbers)
        {
            using var reader = new DelimitedReader(new StringReader(head), separator, int.MaxValue);
            TableRow? header = null;
            var (isWhole, split) = (true, 0);
            for (var count = 0; count <= Rows && await reader.ReadAsync(CancellationToken.None) is { } row; count++)
            {
                if (header is null)
                {
                    (header, count) = row.IsBlank ? (null, count - 1) : (row, count);
                    continue;
                }

                split += row.Cells.Count > 1 ? 1 : 0;
                isWhole &= row.Cells.Count > 1 && row.IsBlankFrom(header.Cells.Count);
            }

            return new(separator, header?.Cells.Count ?? 0, header?.Cells.Any(cell => isNumbers(cell.Text)) == true, isWhole, split);
        }
    }
}
