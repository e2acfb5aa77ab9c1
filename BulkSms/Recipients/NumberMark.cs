namespace BulkSms.Recipients;

/// <summary>One character of a written number that is read.</summary>
/// <param name="Character">A digit, or one of <c>+ ( ) - . /</c> and the blank: whichever hyphen or blank it was written with.</param>
/// <param name="Position">Where it stands in what was written, counted in characters from 1.</param>
internal readonly record struct NumberMark(char Character, int Position)
{
    public bool IsDigit => char.IsAsciiDigit(Character);
}
