using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Http;

/// <summary>The parameter <c>limit</c> that every list has.</summary>
public static class PageQuery
{
    private const int DefaultPage = 100;
    private const int MaxPage = 1000;

    /// <summary>Entries of a page: 100 unless told, 1 to 1,000.</summary>
    public static int Limit(HttpRequest request, FieldErrors errors)
    {
        var text = request.Query["limit"].ToString();
        if (text.Length == 0)
        {
            return DefaultPage;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > MaxPage)
        {
            errors.Add("limit", $"must be a whole number from 1 to {MaxPage}");
        }

        return limit;
    }
}
