using BulkSms.Client.Models;
using Spectre.Console;

namespace BulkSms.Cli.Output;

/// <summary>How a broadcast stands.</summary>
internal static class BroadcastView
{
    public static void Show(IAnsiConsole to, Broadcast broadcast)
    {
        var rows = new Grid().AddColumn().AddColumn();
        Add(rows, "Broadcast", $"{broadcast.BroadcastId}{(broadcast.Test == true ? " (a test)" : "")}");
        Add(rows, "Status", StatusOf(broadcast));
        Add(rows, "Text", broadcast.ErasedAt is null ? TextOf(broadcast) : $"erased at {Plain.Time(broadcast.ErasedAt)}");
        Add(rows, "Created", $"{Plain.Time(broadcast.CreatedAt)} by {Plain.Line(broadcast.CreatedBy)}");
        if (broadcast.SendAt is not null)
        {
            Add(rows, "Due", Plain.Time(broadcast.SendAt));
        }

        Add(rows, "Recipients", Plain.Many(broadcast.RecipientsCount ?? 0, "recipient"));
        foreach (var (status, count) in broadcast.CountsByStatus)
        {
            Add(rows, "", $"{Terminal.Number(count)} {Plain.Line(status)}");
        }

        foreach (var error in broadcast.Errors ?? [])
        {
            Add(rows, "Twilio", $"{Terminal.Number(error.Recipients)} × {error.Code}: {Plain.Line(error.Meaning)}");
        }

        if (broadcast.Progress?.EstimatedCompletionAt is { } end)
        {
            Add(rows, "Finished", $"about {Plain.Time(end)}");
        }

        if (broadcast.Progress?.Expiring is { } expiring)
        {
            Add(rows, "Expiring", $"about {Plain.Many(expiring, "text")} before their turn");
        }

        if (broadcast.Clicks is { } clicks)
        {
            Add(rows, "Clicks", clicks.Total > 0 ? $"{Terminal.Number(clicks.Total)}, by {Plain.Many(clicks.Recipients ?? 0, "recipient")}" : "none so far");
        }

        AddDelays(rows, broadcast.Progress?.Delays);
        Add(rows, "Cost so far", broadcast.CostSoFar is { Total: { } total } ? Plain.Money(total) : $"{Plain.Money(broadcast.CostSoFar?.Known)} and what has no price");
        if (broadcast.Progress?.Poisoned > 0)
        {
            Add(rows, "Failed", $"{Terminal.Number(broadcast.Progress.Poisoned)}: see bulksms failed {broadcast.BroadcastId}");
        }

        to.Write(rows);
    }

    /// <summary>What makes it finish later.</summary>
    public static void AddDelays(Grid rows, IEnumerable<Delay>? delays)
    {
        foreach (var delay in delays ?? [])
        {
            Add(rows, "Delay", Plain.Line(delay.Text) + (delay.EstimatedCompletionAt is { } without ? $" That would be {Plain.Time(without)}." : ""));
        }
    }

    /// <summary>One line of how far it is.</summary>
    public static string LineOf(Broadcast broadcast) => $"{StatusOf(broadcast)}: {Terminal.Number(broadcast.Progress?.Final)} of {Terminal.Number(broadcast.Progress?.Total)}";

    private static string TextOf(Broadcast broadcast) => broadcast.ContentSid is null ? Plain.Line(broadcast.Message)
        : Plain.Line($"that of the content template {broadcast.ContentSid}{(broadcast.ContentVariables is { } variables ? $", with {Variables(variables.AdditionalData)}" : "")}");

    /// <summary>The variables of a content template, in one line.</summary>
    public static string Variables(IDictionary<string, object>? variables) => string.Join(", ", (variables ?? new Dictionary<string, object>()).Select(each => $"{each.Key} = {each.Value}"));

    private static string StatusOf(Broadcast broadcast) =>
        Plain.Word(broadcast.Status) + ((broadcast.PausedBecause ?? broadcast.PauseReason) is { } why ? $", because {Plain.Line(why)}" : "") + (broadcast.HeldFor is { } held ? $", held for {Plain.Line(held)}" : "");

    private static void Add(Grid rows, string name, string value) => rows.AddRow(new Text(name), new Text(value));
}
