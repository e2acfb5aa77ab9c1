using BulkSms.Broadcasts.Requests;
using BulkSms.Http;
using BulkSms.Lists;
using BulkSms.Messages;
using BulkSms.Recipients;

namespace BulkSms.OptOuts;

/// <summary>Takes the numbers of a file: all of them count, or each that does not is an error at its place.</summary>
/// <param name="phones">Takes them.</param>
/// <param name="rules">How numbers are read.</param>
/// <param name="errors">Takes the errors.</param>
internal sealed class OptOutListSink(OptOutPhones phones, NumberRules rules, FieldErrors errors) : IListSink
{
    private readonly CountryColumn countries = new(rules);
    private readonly ListWarnings warnings = new();
    private readonly NationalNumbers national = new();

    public PersonalTexts? Texts => null;

    /// <summary>What was read in one of several ways; null: nothing was.</summary>
    public IReadOnlyList<ListWarning>? Warnings => warnings.All;

    public void NumberColumn(string header) => national.Header = header;

    public void Add(in ListEntry entry, ListPaths paths)
    {
        if ((countries.ErrorOf(entry) ?? phones.Add(entry.Number ?? "")) is not { } error)
        {
            return;
        }

        var (path, told) = (paths.OfNumber(entry.Place), NumberErrors.Of(entry.Number ?? "", error));
        if (NumberErrors.IsNoRegion(error))
        {
            national.Add(entry, path, told, errors);
        }
        else
        {
            errors.Add(path, told);
        }
    }

    public void Refuse(in ListEntry entry, string path, string error) => errors.Add(path, error);

    public void Fail(string path, string error) => errors.Add(path, error);

    public void Warn(string path, string text) => warnings.Add(path, text);

    /// <summary>Tells what shows only at the end.</summary>
    public void End(string part)
    {
        national.Tell(phones.Unique, errors, Fail);
        if (!errors.Any && phones.Unique.Count == 0)
        {
            errors.Add(part, "must name at least one number");
        }
    }
}
