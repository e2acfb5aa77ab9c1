using System.Globalization;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Estimates;

/// <summary>The parameter <c>skipped</c> of a preview: how many of the entries that are no recipients it lists.</summary>
public static class SkippedQuery
{
    public const string Name = "skipped";
    private const int Default = 20;
    private const int Most = 10_000;

    /// <summary>Reads it: 0 – 10,000; 20 where there is none.</summary>
    public static int Read(HttpRequest request, FieldErrors errors)
    {
        if (!request.Query.TryGetValue(Name, out var values))
        {
            return Default;
        }

        if (int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Most)
        {
            return count;
        }

        errors.Add(Name, "must be a number from 0 to 10000: so many of the entries that are no recipients are listed");
        return Default;
    }
}
