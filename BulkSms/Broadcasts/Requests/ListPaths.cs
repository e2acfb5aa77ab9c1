using System.Globalization;
using BulkSms.Lists;

namespace BulkSms.Broadcasts.Requests;

/// <summary>How errors name the entries of a list.</summary>
public abstract class ListPaths
{
    /// <summary>All of them.</summary>
    public virtual string OfAll => RecipientCollector.Recipients;

    /// <summary>An entry.</summary>
    /// <param name="place">See <see cref="ListEntry.Place"/>.</param>
    public abstract string OfEntry(int place);

    /// <summary>The number of an entry.</summary>
    /// <param name="place">See <see cref="ListEntry.Place"/>.</param>
    public virtual string OfNumber(int place) => OfEntry(place);

    /// <summary>A value of an entry.</summary>
    /// <param name="place">See <see cref="ListEntry.Place"/>.</param>
    /// <param name="member">The part of the entry; empty: it is not there.</param>
    /// <param name="value">The name of the value.</param>
    public virtual string OfValue(int place, string member, string value) => OfEntry(place);
}

/// <summary>Lines of a text file.</summary>
public sealed class LinePaths : ListPaths
{
    public static LinePaths Instance { get; } = new();

    public override string OfEntry(int place) => Line(place);

    /// <summary>How errors name a line, counted from 1.</summary>
    public static string Line(long number) => string.Create(CultureInfo.InvariantCulture, $"line {Math.Max(1, number)}");
}

/// <summary>Elements of a JSON array.</summary>
/// <param name="array">Its path.</param>
/// <param name="hasMembers">Whether entries are objects; else each is a number itself.</param>
public sealed class JsonPaths(string array, bool hasMembers) : ListPaths
{
    public override string OfAll => array;

    public override string OfEntry(int place) => string.Create(CultureInfo.InvariantCulture, $"{array}[{place}]");

    public override string OfNumber(int place) => hasMembers ? $"{OfEntry(place)}.to" : OfEntry(place);

    public override string OfValue(int place, string member, string value) => member.Length == 0 ? OfEntry(place) : $"{OfEntry(place)}.{Printable.Of(member)}";
}

/// <summary>Cells of a sheet.</summary>
/// <param name="table">The sheet.</param>
/// <param name="number">The column of the numbers.</param>
/// <param name="columnOf">The column of a value; below zero: there is none.</param>
internal sealed class SheetPaths(ITableReader table, int number, Func<string, int> columnOf) : ListPaths
{
    public override string OfEntry(int place) => table.PlaceOf(place, number);

    public override string OfValue(int place, string member, string value) => columnOf(value) is var column and >= 0 ? table.PlaceOf(place, column) : OfEntry(place);
}
