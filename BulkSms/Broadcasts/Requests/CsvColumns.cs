namespace BulkSms.Broadcasts.Requests;

/// <summary>Where a CSV file has what.</summary>
/// <param name="Count">Columns of the header.</param>
/// <param name="Number">Index of the numbers' column.</param>
/// <param name="Data">Index of the column of each value that the message uses; null: it uses none.</param>
internal sealed record CsvColumns(int Count, int Number, IReadOnlyList<int>? Data)
{
    private const string Header = "line 1";
    private static readonly string[] NumberNames = ["to", "phone"];

    /// <summary>Finds them by the header; null, with the faults told, when something is missing or could be meant twice.</summary>
    public static CsvColumns? Find(IReadOnlyList<string> headers, RecipientCollector collector)
    {
        string[] names = [.. headers.Select(name => name.Trim())];
        var numbers = Enumerable.Range(0, names.Length).Where(index => NumberNames.Contains(names[index], StringComparer.OrdinalIgnoreCase)).ToArray();
        if (numbers is not [var number])
        {
            collector.Fail(Header, numbers.Length > 1 ? "has more than one column to or phone"
                : names is [var only] && only.Contains(';', StringComparison.Ordinal) ? "must have its columns parted by commas, one of them named to or phone"
                : "must be a header with a column to or phone");
            return null;
        }

        var faultless = true;
        foreach (var twice in names.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            collector.Fail(Header, $"has the column {JsonFields.Printable(twice.Key)} more than once");
            faultless = false;
        }

        var data = collector.List.Texts?.Names.Select(name => Array.IndexOf(names, name)).ToArray() ?? [];
        for (var i = 0; i < data.Length; i++)
        {
            if (data[i] < 0)
            {
                collector.Fail(Header, $"has no column for {{{{{collector.List.Texts!.Names[i]}}}}}");
                faultless = false;
            }
        }

        return faultless ? new(names.Length, number, collector.List.Texts is null ? null : data) : null;
    }
}
