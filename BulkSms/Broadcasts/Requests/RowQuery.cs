using System.Globalization;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Broadcasts.Requests;

/// <summary>The parameter <c>row</c>: one entry of the list, by its line in a file or its index in JSON. It says nothing of a person, so it may stand in the address.</summary>
public static class RowQuery
{
    public const string Name = "row";

    /// <summary>Reads it; null: there is none.</summary>
    public static int? Read(HttpRequest request, FieldErrors errors)
    {
        if (!request.Query.TryGetValue(Name, out var values))
        {
            return null;
        }

        if (int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var row))
        {
            return row;
        }

        errors.Add(Name, "must be the line of an entry in the file, or its index in JSON");
        return null;
    }

    /// <summary>Why an entry is no recipient, for the error at <see cref="Name"/>.</summary>
    /// <param name="skipped">The entries that are none.</param>
    /// <param name="row">The entry.</param>
    /// <param name="isFile">Whether entries are named by line.</param>
    public static string ErrorOf(IEnumerable<SkippedEntry> skipped, int row, bool isFile)
    {
        foreach (var entry in skipped)
        {
            if (entry.Place == row)
            {
                return $"is no recipient: it {SkippedView.Of(entry, isFile).Detail}";
            }
        }

        return $"is not in the list: name the {(isFile ? "line" : "index")} of an entry";
    }
}
