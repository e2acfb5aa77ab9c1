using BulkSms.Common;

namespace BulkSms.Lists;

/// <summary>What a cell holds. In a text file every cell is text.</summary>
public enum CellKind
{
    /// <summary>Text, or nothing.</summary>
    Text,

    /// <summary>A number; its text is what its digits show.</summary>
    Number,

    /// <summary>A number with a fraction.</summary>
    Fraction,

    /// <summary>A number whose format shows digits that it does not have.</summary>
    MoreDigits,

    /// <summary>A number whose format shows something else: a date in another language's letters, a word, nothing.</summary>
    ShownOtherwise,

    /// <summary>A formula without a result: the program that wrote the workbook has not calculated it. Its text is the formula.</summary>
    Uncalculated,

    /// <summary>A date or a time.</summary>
    Date,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A formula's error, such as <c>#N/A</c>.</summary>
    Error,
}

/// <summary>One cell.</summary>
/// <param name="Text">What it holds, as text.</param>
/// <param name="Kind">What that was.</param>
public readonly record struct TableCell(string Text, CellKind Kind = CellKind.Text);

/// <summary>One row of a table.</summary>
/// <param name="Number">Its line, or its number in the sheet, counted from 1.</param>
/// <param name="Cells">Its cells; shorter than the header where those at the end are empty.</param>
/// <param name="Error">Why it cannot be read; null: it can.</param>
/// <param name="IsLast">Whether what follows cannot be told apart any more.</param>
/// <param name="IsHidden">Whether the sheet hides it: by a filter, or by hand.</param>
public sealed record TableRow(int Number, IReadOnlyList<TableCell> Cells, string? Error = null, bool IsLast = false, bool IsHidden = false)
{
    /// <summary>Whether no cell shows anything.</summary>
    public bool IsBlank => IsBlankFrom(0);

    /// <summary>The text of a cell; empty beyond the last.</summary>
    public string TextOf(int column) => column < Cells.Count ? Cells[column].Text : "";

    /// <summary>What a cell holds; beyond the last it is empty text.</summary>
    public CellKind KindOf(int column) => column < Cells.Count ? Cells[column].Kind : CellKind.Text;

    /// <summary>Whether no cell from a column on shows anything.</summary>
    public bool IsBlankFrom(int column)
    {
        for (var i = column; i < Cells.Count; i++)
        {
            if (!ForgivingName.IsBlank(Cells[i].Text))
            {
                return false;
            }
        }

        return true;
    }
}
