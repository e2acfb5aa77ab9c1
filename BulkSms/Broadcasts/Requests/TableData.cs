using System.Collections;
using BulkSms.Lists;

namespace BulkSms.Broadcasts.Requests;

/// <summary>A row's data, by the names of its columns, as far as the row goes: nothing is copied until it is asked for.</summary>
/// <param name="columns">The columns.</param>
/// <param name="row">The row.</param>
internal sealed class TableData(TableColumns columns, TableRow row) : IReadOnlyList<KeyValuePair<string, string>>
{
    public int Count { get; } = CountOf(columns.Data, row.Cells.Count);

    public KeyValuePair<string, string> this[int index] =>
        new(columns.Headers[columns.Data[index]], columns.ValueOf(row, columns.Data[index]));

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The columns are in order.
    private static int CountOf(int[] columns, int cells)
    {
        var at = Array.BinarySearch(columns, cells);
        return at < 0 ? ~at : at;
    }
}
