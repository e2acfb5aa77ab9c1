using BulkSms.Http;

namespace BulkSms.Broadcasts.Requests;

/// <summary>The field <c>canary</c>: in JSON an object, elsewhere the text that <see cref="Canary"/> writes (<c>0.01 PT10M</c>).</summary>
internal static class CanaryReader
{
    public const string Name = "canary";
    private const string Share = "share";
    private const string For = "for";
    private const string MaxFailures = "maxFailures";
    private const string MaxOptOuts = "maxOptOuts";

    public static Canary? Read(IRequestFields fields, FieldErrors errors)
    {
        if (!fields.TryFind(Name, out var field))
        {
            return null;
        }

        if (field.TryGetObject(out var parts))
        {
            return ReadParts(parts, errors);
        }

        var canary = field.IsPlain && field.TryGetText(out var text) ? Canary.Parse(text) : null;
        if (canary is null)
        {
            errors.Add(fields.PathOf(Name), field.IsPlain
                ? "must be a share and a duration, such as 0.01 PT10M, and if you like the largest shares of failures and of opt-outs, such as 0.01 PT10M 0.1 0.02"
                : "must be an object, such as {\"share\": 0.01, \"for\": \"PT10M\"}");
        }

        return canary;
    }

    private static Canary? ReadParts(IRequestFields parts, FieldErrors errors)
    {
        foreach (var name in parts.Names.Where(name => name is not (Share or For or MaxFailures or MaxOptOuts)))
        {
            errors.Add(parts.PathOf(name), "is not a known field");
        }

        var (share, time) = (ReadNumber(parts, Share), parts.TryFind(For, out var field) && field.TryGetText(out var text) ? SpreadDuration.Parse(text) : null);
        if (!Canary.IsShare(share))
        {
            errors.Add(parts.PathOf(Share), "must be above 0 and at most 0.5, such as 0.01");
        }

        if (time is null)
        {
            errors.Add(parts.PathOf(For), "must be a duration from a minute to seven days, such as PT10M");
        }

        var (failures, optOuts) = (ReadLimit(parts, MaxFailures, Canary.UsualFailures, errors), ReadLimit(parts, MaxOptOuts, Canary.UsualOptOuts, errors));
        return Canary.IsShare(share) && time is { } wait ? new(share!.Value, wait, failures, optOuts) : null;
    }

    private static decimal ReadLimit(IRequestFields parts, string name, decimal usual, FieldErrors errors)
    {
        if (!parts.TryFind(name, out _))
        {
            return usual;
        }

        if (ReadNumber(parts, name) is { } limit && Canary.IsLimit(limit))
        {
            return limit;
        }

        errors.Add(parts.PathOf(name), "must be a share from 0 to 1, such as 0.1");
        return usual;
    }

    private static decimal? ReadNumber(IRequestFields parts, string name) => parts.TryFind(name, out var field) && field.TryGetAmount(out var number) ? number : null;
}
