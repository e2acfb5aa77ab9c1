using System.Text.Json;

namespace BulkSms.Cases;

/// <summary>What the app answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The body, with no character escaped.</param>
public sealed record CaseAnswer(int Status, string Text)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Text);
            return document.RootElement.Clone();
        }
    }

    /// <summary>The status and, of a problem document, the errors.</summary>
    public override string ToString() => $"{Status}: {(Status == 400 && Json.TryGetProperty("errors", out var errors) ? errors.GetRawText() : Text)}";
}
