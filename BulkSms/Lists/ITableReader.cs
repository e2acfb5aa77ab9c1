namespace BulkSms.Lists;

/// <summary>A table, row after row: the whole is never held.</summary>
public interface ITableReader : IDisposable
{
    /// <summary>The next row that is not an empty line; null at the end.</summary>
    ValueTask<TableRow?> ReadAsync(CancellationToken cancellation);

    /// <summary>The last line that was read, empty ones included.</summary>
    int Line { get; }

    /// <summary>How an error names a row.</summary>
    string PlaceOf(int row);

    /// <summary>How an error names a cell, or its row where cells have no names.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column, counted from 0.</param>
    string PlaceOf(int row, int column);

    /// <summary>What its cells are separated by; null: they are cells of a sheet.</summary>
    char? Separator { get; }

    /// <summary>Other tables in the same file, by name.</summary>
    IReadOnlyList<string> OtherSheets();

    /// <summary>Other tables in the same file that hold something and are not hidden, by name. Nothing is read from this one after it.</summary>
    IReadOnlyList<string> ShownBeside();

    /// <summary>Whether a formula's error looks like an empty cell.</summary>
    bool HidesErrors { get; }

    /// <summary>Whether its characters were read by a code page that the file does not name.</summary>
    bool IsEncodingGuessed { get; }
}
