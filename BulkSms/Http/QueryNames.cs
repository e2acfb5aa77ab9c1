using Microsoft.AspNetCore.Http;

namespace BulkSms.Http;

/// <summary>The names of an address's parameters: one that is misspelled would be passed over, and a filter, or a condition, with it.</summary>
public static class QueryNames
{
    // What Azure takes its own key from: never a parameter of ours, never shown.
    private static readonly string[] NotOurs = ["code", "clientId"];

    /// <summary>The parameters that are not the Functions host's.</summary>
    public static IEnumerable<string> Of(IQueryCollection query) => query.Keys.Where(name => !NotOurs.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>400 naming each parameter that the route does not take; null when it takes all, or sees to that itself.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="known">Those that the route takes; null: it sees to that itself.</param>
    public static IResult? Refusal(IQueryCollection query, IReadOnlyList<string>? known)
    {
        if (known is null)
        {
            return null;
        }

        var errors = new FieldErrors();
        foreach (var name in Of(query).Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            errors.Add(QueryEncoding.Printable(name), known.Count == 0 ? "is not known: this route takes no parameters" : $"is not known; known are {string.Join(", ", known)}");
        }

        return errors.Any ? Problems.Invalid(errors) : null;
    }
}
