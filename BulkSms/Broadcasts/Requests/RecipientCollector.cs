using BulkSms.Http;
using BulkSms.Lists;
using BulkSms.Messages;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Takes a request's entries one by one, whatever they are written in. A faulty one is a fault of the request, or is left out, counted and listed.</summary>
/// <param name="terms">Says which, and how they are read.</param>
/// <param name="errors">Takes the faults.</param>
public sealed class RecipientCollector(BroadcastTerms terms, FieldErrors errors) : IListSink
{
    /// <summary>The field, or part of a form, that all of them are in.</summary>
    public const string Recipients = "recipients";

    /// <summary>What is wrong when no recipient is left.</summary>
    public const string NoneWithoutFault = "must name at least one recipient without a fault";

    private readonly ListWarnings warnings = new();
    private readonly NationalNumbers national = new();
    private readonly SkippedList skipped = new();
    private readonly CountryColumn countries = new(terms.Numbers);
    private readonly HashSet<int> conflicts = [];
    private ListPaths last = LinePaths.Instance;
    private int invalid;

    public RecipientList List { get; } = terms.NewList();

    public PersonalTexts? Texts => List.Texts;

    public void NumberColumn(string header) => national.Header = header;

    /// <inheritdoc/>
    public void Add(in ListEntry entry, ListPaths paths)
    {
        last = paths;
        if (entry.ErrorOfReference() is { } unfit)
        {
            Refuse(entry, paths.OfValue(entry.Place, "", ListEntry.ReferenceName), unfit);
            return;
        }

        if (countries.ErrorOf(entry) is { } abroad)
        {
            Refuse(entry, paths.OfNumber(entry.Place), abroad);
            return;
        }

        var values = ValuesOf(entry, out var twice);
        var added = twice is { } meant
            ? new Added(new RecipientFault($"data.{meant.Name}", meant.Text, meant.Name))
            : List.Add(entry.Place, entry.Number ?? "", values, entry.Reference, entry.Data);
        if (added.Fault is { } wrong)
        {
            Refuse(entry, wrong, paths);
        }
        else if (added.DuplicateOf is { } index)
        {
            Repeat(entry, paths, index, added.HasOtherText);
        }
    }

    /// <inheritdoc/>
    public void Refuse(in ListEntry entry, string path, string error)
    {
        if (terms.SkipInvalid)
        {
            Skip(entry, error);
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

        return errors.Any ? null : new BroadcastRequest(terms, List, new(paths, List.Places)) { Invalid = terms.SkipInvalid ? invalid : null, Skipped = skipped, Warnings = warnings.All };
    }

    private void Refuse(in ListEntry entry, RecipientFault wrong, ListPaths paths)
    {
        var path = wrong.Member == RecipientList.Number ? paths.OfNumber(entry.Place)
            : wrong.Value is { } value ? paths.OfValue(entry.Place, wrong.Member, value)
            : paths.OfEntry(entry.Place);
        if (wrong.Member != RecipientList.Number || !NumberErrors.IsNoRegion(wrong.Text))
        {
            Refuse(entry, path, wrong.Text);
            return;
        }

        national.Add(entry, path, wrong.Text, terms.SkipInvalid ? null : errors);
        if (terms.SkipInvalid)
        {
            Skip(entry, wrong.Text);
        }
    }

    private void Skip(in ListEntry entry, string error)
    {
        invalid++;
        skipped.Add(new(entry.Place, entry.Number ?? "", SkippedReason.Invalid, entry.ErrorOfReference() is null ? entry.Reference : null, error));
    }

    // onDuplicate=reject is an error whatever onInvalid says: the caller has asked that none of both is chosen.
    private void Repeat(in ListEntry entry, ListPaths paths, int index, bool hasOtherText)
    {
        if (!hasOtherText || terms.OnDuplicate is not OnDuplicate.Reject)
        {
            skipped.Add(new(entry.Place, entry.Number ?? "", SkippedReason.Duplicate, entry.Reference, null, List.Places[index], hasOtherText) { To = List.Unique[index] });
            return;
        }

        var (path, first) = (paths.OfEntry(entry.Place), paths.OfEntry(List.Places[index]));
        if (conflicts.Add(index))
        {
            errors.Add(first, Conflict(path));
        }

        errors.Add(path, Conflict(first));
    }

    private static string Conflict(string other) => $"has the phone of {other} with another text: leave one of them out, or set onDuplicate to each to send both";

    // The reference is no data, but a text may show it.
    private string?[]? ValuesOf(in ListEntry entry, out TextFault? twice)
    {
        twice = null;
        var values = Texts?.ValuesOf(entry.Data, out twice);
        if (Texts?.IndexOf(ListEntry.ReferenceName) is { } reference and >= 0)
        {
            values![reference] ??= entry.Reference;
        }

        return values;
    }
}
