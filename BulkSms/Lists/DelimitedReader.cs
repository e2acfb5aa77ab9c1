using System.Globalization;
using System.Text;

namespace BulkSms.Lists;

/// <summary>
/// Rows of a text file whose cells are separated by one character (RFC 4180, with any separator): quotation marks around a cell, two within for one, and lines that end as
/// anywhere. A cell marked as text, <c>="…"</c>, is read as what it marks.
/// </summary>
/// <param name="reader">The text.</param>
/// <param name="separator">What separates cells.</param>
/// <param name="longest">Characters of the longest row.</param>
/// <param name="mostLines">Lines that are read: empty ones cost as much as others.</param>
internal sealed class DelimitedReader(TextReader reader, char separator, int longest, long mostLines = long.MaxValue) : ITableReader
{
    /// <summary>The error of a file with more lines than it may have.</summary>
    public const string TooManyLines = "has more lines than its recipients can need: remove the blank ones";

    private const string Misquoted = "has a quotation mark in the wrong place";
    private readonly char[] buffer = new char[16 * 1024];
    private readonly StringBuilder cell = new();
    private List<TableCell> cells = [];
    private State state;
    private bool isMisquoted;
    private bool endsWithReturn;
    private int rowLength;
    private int at;
    private int end;
    private int line = 1;
    private int start = 1;

    private enum State
    {
        Begin,
        Marked,
        Plain,
        Quoted,
        Quote,
        AfterQuoted,
    }

    public int Line => line;

    public char? Separator => separator;

    public bool IsEncodingGuessed => reader is Utf8OrAnsiReader { IsAnsi: true };

    /// <inheritdoc/>
    public async ValueTask<TableRow?> ReadAsync(CancellationToken cancellation)
    {
        BeginRow();
        while (true)
        {
            while (at < end)
            {
                if (Take(buffer[at++]) is { } row)
                {
                    return row;
                }
            }

            end = await reader.ReadAsync(buffer.AsMemory(), cancellation);
            at = 0;
            if (end == 0)
            {
                return Finish();
            }
        }
    }

    public string PlaceOf(int row) => string.Create(CultureInfo.InvariantCulture, $"line {Math.Max(1, row)}");

    public string PlaceOf(int row, int column) => PlaceOf(row);

    public IReadOnlyList<string> OtherSheets() => [];

    public IReadOnlyList<string> ShownBeside() => [];

    public bool HidesErrors => false;

    public void Dispose() => reader.Dispose();

    private void BeginRow()
    {
        (cells, isMisquoted, rowLength, start, state) = ([], false, 0, line, State.Begin);
        cell.Clear();
    }

    private TableRow? Take(char character)
    {
        var isSecondOfTwo = endsWithReturn && character == '\n';
        endsWithReturn = character == '\r';
        if (++rowLength > longest)
        {
            return new(start, [], $"is longer than {longest} characters: is there a quotation mark that is never closed?", IsLast: true);
        }

        if (line > mostLines)
        {
            return new(line, [], TooManyLines, IsLast: true);
        }

        if (isSecondOfTwo && state != State.Quoted)
        {
            return null; // the line ended before
        }

        if (character is '\r' or '\n' && state != State.Quoted)
        {
            var isOfLines = line++ > start;
            return EndRow(isOfLines);
        }

        line += character is '\r' || (character is '\n' && !isSecondOfTwo) ? 1 : 0;
        if (character == separator && state != State.Quoted)
        {
            EndCell();
        }
        else
        {
            state = Next(character);
        }

        return null;
    }

    private State Next(char character)
    {
        switch (state, character)
        {
            case (State.Begin or State.Marked, '"') when state == State.Marked || IsBlankSoFar():
                cell.Clear();
                return State.Quoted;
            case (State.Begin, '=') when IsBlankSoFar():
                cell.Append(character);
                return State.Marked;
            case (State.Begin, ' ' or '\t'):
                cell.Append(character);
                return State.Begin;
            case (State.Quoted, '"'):
                return State.Quote;
            case (State.Quote, '"'):
                cell.Append(character);
                return State.Quoted;
            case (State.Quote or State.AfterQuoted, ' ' or '\t'):
                return State.AfterQuoted;
            case (State.Quoted, _):
                cell.Append(character);
                return State.Quoted;
            default:
                isMisquoted |= character == '"' || state is State.Quote or State.AfterQuoted;
                cell.Append(character);
                return State.Plain;
        }
    }

    private bool IsBlankSoFar()
    {
        for (var i = 0; i < cell.Length; i++)
        {
            if (cell[i] is not (' ' or '\t'))
            {
                return false;
            }
        }

        return true;
    }

    private void EndCell()
    {
        cells.Add(new(cell.ToString()));
        cell.Clear();
        state = State.Begin;
    }

    // An empty line is no row: many of them cost nothing but their number.
    private TableRow? EndRow(bool isOfLines)
    {
        var isEmpty = cells.Count == 0 && cell.Length == 0 && state == State.Begin;
        EndCell();
        if (isEmpty)
        {
            cells.Clear();
            (rowLength, start) = (0, line);
            return null;
        }

        // A quotation mark too many that took in lines after its own: what belongs to whom cannot be told.
        return isMisquoted && isOfLines ? new(start, cells, $"{Misquoted}, and so goes on into the lines after it", IsLast: true) : new(start, cells, isMisquoted ? Misquoted : null);
    }

    private TableRow? Finish()
    {
        if (state == State.Quoted)
        {
            state = State.Begin;
            return new(start, [], "has a quotation mark that is never closed", IsLast: true);
        }

        return rowLength == 0 || (cells.Count == 0 && cell.Length == 0 && state == State.Begin) ? null : EndRow(line > start);
    }
}
