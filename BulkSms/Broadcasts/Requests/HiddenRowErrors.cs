using System.Globalization;
using BulkSms.Lists;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Rows that a sheet hides. Who filters a sheet and sends it may mean what is left, or all of it: one error asks.</summary>
internal sealed class HiddenRowErrors
{
    private const int Shown = 5;
    private readonly List<int> first = [];
    private int count;

    /// <summary>Counts a row, if it is hidden and nothing says what becomes of it.</summary>
    public void Count(TableRow row, ListOptions options)
    {
        if (row.IsHidden && options.Hidden == HiddenRows.Ask)
        {
            count++;
            if (first.Count < Shown)
            {
                first.Add(row.Number);
            }
        }
    }

    /// <summary>Tells of them, if there are any.</summary>
    public void Tell(ITableReader table, IListSink sink)
    {
        if (count > 0)
        {
            var rows = string.Join(", ", first.Select(row => row.ToString(CultureInfo.InvariantCulture))) + (count > first.Count ? string.Create(CultureInfo.InvariantCulture, $" and {count - first.Count} more") : "");
            sink.Fail(table.PlaceOf(first[0]), $"is hidden in the sheet, by a filter or by hand ({(count == 1 ? "one row" : "rows " + rows)}): set hiddenRows to skip to leave hidden rows out, or to include to text them too");
        }
    }
}
