using BulkSms.Client.Models;
using Spectre.Console;

namespace BulkSms.Cli.Output;

/// <summary>What a broadcast would be, before anything is sent.</summary>
internal static class CheckPage
{
    private const int MostSkipped = 10;

    public static void Show(IAnsiConsole to, Preview preview)
    {
        var rows = new Grid().AddColumn().AddColumn();
        Add(rows, "People", string.Join(" · ", People(preview)));
        Add(rows, "Text", preview.Segments?.Total is { } total
            ? $"{Encoding(preview.Segments.Encoding)}, {Plain.Many(preview.Segments.PerMessage ?? 0, "segment")} a text, {Terminal.Number(total)} in all"
            : preview.Segments?.UnknownBecause is Segments_unknownBecause.ContentSid ? "Twilio makes it from the content template: it is not known here, nor are its segments"
            : $"segments are not known, because of {Plain.Word(preview.Segments?.UnknownBecause)}");
        Add(rows, "Cost", CostOf(preview.Cost) + (preview.Cost?.PricesAsOf is { } imported ? $", with prices of {Plain.Time(imported)}" : ""));
        foreach (var country in preview.Countries ?? [])
        {
            Add(rows, "", $"{Plain.Line(country.CountryProp)}  {Plain.Many(country.Recipients ?? 0, "recipient")}  {Plain.Money(country.Cost)}");
        }

        foreach (var limit in (preview.Limits ?? []).Where(limit => limit.Kind is UsageLimit_kind.MonthlyBudget || limit.Fits is false))
        {
            Add(rows, "Left", LeftOf(limit));
        }

        Add(rows, "Time", TimeOf(preview.Drain));
        BroadcastView.AddDelays(rows, preview.Drain?.Delays);
        if (preview.Ucs2Characters is { Count: > 0 } dear)
        {
            Add(rows, "Unicode", $"for {Plain.Line(string.Join(' ', dear))}");
        }

        if (preview.SmartEncoding?.Hint is { Length: > 0 } hint)
        {
            Add(rows, "", Plain.Line(OptionWords.Text(hint)));
        }

        foreach (var sample in preview.Samples ?? [])
        {
            Add(rows, PlaceOf(sample), $"{Plain.Line(sample.To)}: {Plain.Line(sample.Text ?? BroadcastView.Variables(sample.ContentVariables?.AdditionalData))}");
        }

        foreach (var skipped in (preview.Skipped ?? []).Take(MostSkipped))
        {
            Add(rows, "Left out", $"{(skipped.Line is { } line ? $"line {line}" : $"entry {skipped.Index}")} {Plain.Line(skipped.Written)}: {Plain.Word(skipped.Reason)}{(skipped.Detail is { Length: > 0 } why ? $", {Plain.Line(OptionWords.Text(why))}" : "")}");
        }

        foreach (var warning in preview.Warnings ?? [])
        {
            Add(rows, "Mind", $"{Plain.Line(OptionWords.Place(warning.Place ?? ""))}: {Plain.Line(OptionWords.Text(warning.Text ?? ""))}");
        }

        to.Write(rows);
    }

    private static IEnumerable<string> People(Preview preview)
    {
        yield return Plain.Many(preview.RecipientsCount ?? 0, "recipient");
        foreach (var (number, what) in new[]
                 {
                     (preview.DuplicatesRemoved, preview.DuplicatesRemoved == 1 ? "duplicate removed" : "duplicates removed"), (preview.OptedOut, "opted out"), (preview.Invalid, "with an error, left out"),
                     (preview.KnownBad, "could not get a text before"),
                 })
        {
            if (number > 0)
            {
                yield return $"{Terminal.Number(number)} {what}";
            }
        }
    }

    private static string VariablesOf(Sample sample) => string.Join(", ", (sample.ContentVariables?.AdditionalData ?? new Dictionary<string, object>()).Select(each => $"{each.Key} = {each.Value}"));

    private static string CostOf(Cost? cost) => cost switch
    {
        null => Plain.Money(null),
        { Total: { } total } => Plain.Money(total),
        { UnknownBecause: not null } => $"not known, because of {Plain.Word(cost.UnknownBecause)}",
        _ => $"not known: no price for {Plain.Line(string.Join(", ", cost.UnknownCountries ?? []))}; the others {Plain.Money(cost.Known)}",
    };

    private static string LeftOf(UsageLimit limit) =>
        (limit.Kind is UsageLimit_kind.MonthlyBudget ? $"{Plain.Money(limit.Left)} of this month's {Plain.Money(limit.Most)}" : $"{Terminal.Number((long?)limit.Left)} of today's {Plain.Many((long)(limit.Most ?? 0), "recipient")}")
        + (limit.Fits is false ? $": too little for this, until {Plain.Time(limit.RenewsAt)}" : "");

    private static string TimeOf(Drain? drain) => drain switch
    {
        null => "",
        { FitsBeforeExpiry: false } => $"from {Plain.Time(drain.DueAt)}; {Plain.Many(drain.Expiring ?? 0, "text")} would expire at {Plain.Time(drain.ExpiresAt)} before their turn",
        _ => $"from {Plain.Time(drain.DueAt)} until about {Plain.Time(drain.EstimatedCompletionAt)}",
    };

    private static string Encoding(Segments_encoding? encoding) => encoding == Segments_encoding.UCS2 ? "UCS-2" : "GSM-7";

    private static string PlaceOf(Sample sample) => sample.Line is { } line ? $"Line {line}" : $"Entry {sample.Index}";

    private static void Add(Grid rows, string name, string value) => rows.AddRow(new Text(name), new Text(value));
}
