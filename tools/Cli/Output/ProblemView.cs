using System.Globalization;
using System.Text;
using System.Text.Json;
using BulkSms.Client;

namespace BulkSms.Cli.Output;

/// <summary>A problem as sentences, or as the document that it is.</summary>
internal static class ProblemView
{
    private const int MostPlaces = 20;

    public static void Show(Terminal terminal, Problem problem)
    {
        terminal.Note(Plain.Line(OptionWords.Text(string.Join(' ', new[] { problem.Title, problem.Detail }.Where(part => !string.IsNullOrEmpty(part))))));
        foreach (var (place, errors) in problem.Errors.Take(MostPlaces))
        {
            terminal.Note($"  {Plain.Line(OptionWords.Place(place))}: {Plain.Line(OptionWords.Text(string.Join("; ", errors)))}");
        }

        var more = Math.Max(problem.ErrorCount, problem.Errors.Count) - Math.Min(problem.Errors.Count, MostPlaces);
        if (more > 0)
        {
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"  … and {more:N0} more"));
        }

        if (problem is { Status: 401 })
        {
            terminal.Note("bulksms login stores another key.");
        }

        if (problem.RetryAfter is { } pause)
        {
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"Try again in {Math.Ceiling(pause.TotalSeconds):N0} s."));
        }

        if (problem.RequestId is { } id)
        {
            terminal.Note($"Request {Plain.Line(id)}");
        }
    }

    /// <summary>The document as it came, or one of the same shape.</summary>
    public static string Json(Problem problem)
    {
        if (problem.Json is { } came)
        {
            return came;
        }

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", problem.Type);
            json.WriteString("title", problem.Title);
            json.WriteNumber("status", problem.Status);
            json.WriteString("detail", problem.Detail);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
