using BulkSms.Http;
using BulkSms.Lists;
using BulkSms.Messages;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Takes a request's recipients one by one, whatever they are written in. A faulty one is a fault of the request, or is left out and counted.</summary>
/// <param name="terms">Says which, and how they are read.</param>
/// <param name="errors">Takes the faults.</param>
public sealed class RecipientCollector(BroadcastTerms terms, FieldErrors errors) : IListSink
{
    /// <summary>The field, or part of a form, that all of them are in.</summary>
    public const string Recipients = "recipients";

    /// <summary>What is wrong when no recipient is left.</summary>
    public const string NoneWithoutFault = "must name at least one recipient without a fault";

    private readonly List<int> places = [];
    private readonly ListWarnings warnings = new();
    private readonly NationalNumbers national = new();
    private ListPaths last = LinePaths.Instance;
    private int invalid;

    public RecipientList List { get; } = terms.NewList();

    public PersonalTexts? Texts => List.Texts;

    public void NumberColumn(string header) => national.Header = header;

    /// <inheritdoc/>
    public void Add(in ListEntry entry, ListPaths paths)
    {
        last = paths;
        TextFault? twice = null;
        var values = Texts?.ValuesOf(entry.Data, out twice);
        var fault = twice is { } meant ? new RecipientFault($"data.{meant.Name}", meant.Text, meant.Name) : List.Add(entry.Number ?? "", values);
        if (fault is not { } wrong)
        {
            if (places.Count < List.Unique.Count)
            {
                places.Add(entry.Place);
            }

            return;
        }

        var path = wrong.Member == RecipientList.Number ? paths.OfNumber(entry.Place)
            : wrong.Value is { } value ? paths.OfValue(entry.Place, wrong.Member, value)
            : paths.OfEntry(entry.Place);
        if (wrong.Member != RecipientList.Number || !NumberErrors.IsNoRegion(wrong.Text))
        {
            Refuse(entry, path, wrong.Text);
            return;
        }

        national.Add(entry, path, wrong.Text, terms.SkipInvalid ? null : errors);
        invalid += terms.SkipInvalid ? 1 : 0;
    }

    /// <inheritdoc/>
    public void Refuse(in ListEntry entry, string path, string error)
    {
        if (terms.SkipInvalid)
        {
            invalid++;
        }
        else
        {
            errors.Add(path, error);
        }
    }

    /// <inheritdoc/>
    public void Fail(string path, string error) => errors.Add(path, error);

    /// <inheritdoc/>
    public void Warn(string path, string text) => warnings.Add(path, text);

    /// <summary>The request, when nothing is wrong.</summary>
    /// <param name="paths">How errors name the entries; null: as those that were added.</param>
    public BroadcastRequest? Complete(ListPaths? paths = null)
    {
        paths ??= last;
        // Of numbers that are left out the sender is told all the same: a country for all of them was forgotten more often than not.
        national.Tell(List.Unique, errors, List.Unique.Count > 0 ? Warn : Fail);
        if (!errors.Any && List.Unique.Count == 0)
        {
            errors.Add(paths.OfAll, invalid == 0 ? "must name at least one recipient" : NoneWithoutFault);
        }

        return errors.Any ? null : new BroadcastRequest(terms, List, new(paths, places)) { Invalid = terms.SkipInvalid ? invalid : null, Warnings = warnings.All };
    }
}
