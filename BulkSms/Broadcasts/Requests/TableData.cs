using System.Collections;
using BulkSms.Common;
using BulkSms.Lists;

namespace BulkSms.Broadcasts.Requests;

/// <summary>A row's data, by the names of its columns: nothing is copied until it is asked for.</summary>
/// <param name="columns">The columns.</param>
/// <param name="row">The row.</param>
internal sealed class TableData(TableColumns columns, TableRow row) : IReadOnlyList<KeyValuePair<string, string>>
{
    public int Count => columns.Data.Length;

    public KeyValuePair<string, string> this[int index] =>
        new(columns.Headers[columns.Data[index]], TextMarkers.Remove(ForgivingName.Trim(row.TextOf(columns.Data[index]))));

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
