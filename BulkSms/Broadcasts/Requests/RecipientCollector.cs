using System.Globalization;
using BulkSms.Http;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Takes a request's recipients one by one, whatever they are written in. A faulty one is a fault of the request, or is left out and counted.</summary>
/// <param name="terms">Says which, and how they are read.</param>
/// <param name="errors">Takes the faults.</param>
public sealed class RecipientCollector(BroadcastTerms terms, FieldErrors errors)
{
    /// <summary>The field, or part of a form, that all of them are in.</summary>
    public const string Recipients = "recipients";

    /// <summary>What is wrong when no recipient is left.</summary>
    public const string NoneWithoutFault = "must name at least one recipient without a fault";

    private readonly List<int> places = [];
    private int invalid;

    public RecipientList List { get; } = terms.NewList();

    /// <summary>Says where the entry came from that the list was given last: what is wrong with it may show only later.</summary>
    /// <param name="place">Its index in JSON, its line in a file.</param>
    public void Took(int place)
    {
        if (places.Count < List.Unique.Count)
        {
            places.Add(place);
        }
    }

    /// <summary>Something is wrong with one recipient.</summary>
    /// <param name="path">Which: a JSON path or a line.</param>
    /// <param name="fault">In words for the caller; it may show the number.</param>
    public void Refuse(string path, string fault)
    {
        if (terms.SkipInvalid)
        {
            invalid++;
        }
        else
        {
            errors.Add(path, fault);
        }
    }

    /// <summary>Something is wrong with the list as a whole: leaving entries out does not help.</summary>
    public void Fail(string path, string fault) => errors.Add(path, fault);

    /// <summary>How faults name a line, counted from 1.</summary>
    public static string Line(long number) => string.Create(CultureInfo.InvariantCulture, $"line {Math.Max(1, number)}");

    /// <summary>The request, when nothing is wrong.</summary>
    /// <param name="jsonPath">Of the array that they are in; null: they are lines of a file.</param>
    public BroadcastRequest? Complete(string? jsonPath = null)
    {
        if (!errors.Any && List.Unique.Count == 0)
        {
            errors.Add(jsonPath ?? Recipients, invalid == 0 ? "must name at least one recipient" : NoneWithoutFault);
        }

        return errors.Any ? null : new BroadcastRequest(terms, List, new(jsonPath, places)) { Invalid = terms.SkipInvalid ? invalid : null };
    }
}
