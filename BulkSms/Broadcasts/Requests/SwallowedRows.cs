using BulkSms.Lists;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>
/// Rows of a text file that became a part of a value, since a quotation mark before them is never closed and another one after them closes it: their people would be forgotten, and their numbers
/// be shown to another. A value of several lines has none that is a row of its own.
/// </summary>
internal static class SwallowedRows
{
    /// <summary>What is wrong with a row; null: nothing.</summary>
    /// <param name="row">The row.</param>
    /// <param name="columns">What the header says.</param>
    /// <param name="separator">Between cells; null: it is a sheet, which has no quotation marks.</param>
    public static string? FindIn(TableRow row, TableColumns columns, char? separator)
    {
        for (var column = 0; separator is { } between && column < row.Cells.Count; column++)
        {
            var text = row.Cells[column].Text;
            if (text.AsSpan().IndexOfAny('\r', '\n') >= 0 && HasRow(text, column, columns.Number, between))
            {
                return "has a value of several lines, one of which reads as a row of its own: is there a quotation mark too many, or one that is never closed?";
            }
        }

        return null;
    }

    // The first line begins in the cell's own column, the others in the first one.
    private static bool HasRow(string text, int column, int number, char separator)
    {
        foreach (var (index, line) in text.Split('\r', '\n').Index())
        {
            var cells = line.Split(separator);
            var at = index == 0 ? number - column : number;
            if (cells.Length > 1 && at >= 0 && at < cells.Length && IsNumber(cells[at]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNumber(string cell) =>
        cell.Count(char.IsAsciiDigit) >= TableColumns.LeastDigits && WrittenNumber.TryRead(TextMarkers.RemoveFromNumber(cell.Trim('"')), out _, out _);
}
