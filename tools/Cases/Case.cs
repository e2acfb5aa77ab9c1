using System.Text.Json;

namespace BulkSms.Cases;

/// <summary>One line of a file.</summary>
/// <param name="Directory">The folder of all files.</param>
/// <param name="File">The file, in that folder.</param>
/// <param name="Line">Its line, counted from 1.</param>
/// <param name="Root">The JSON object.</param>
public sealed record Case(string Directory, string File, int Line, JsonElement Root)
{
    /// <summary>What must come of it.</summary>
    public JsonElement Expected => Root.GetProperty("expect");

    /// <summary>Whether it waits for work to come.</summary>
    public bool IsWaiting => Root.TryGetProperty("issue", out _);

    /// <summary>What kind of case it is.</summary>
    public string Why => Text("why") ?? "";

    /// <summary>A property as text; null when it is missing.</summary>
    public string? Text(string name) => Root.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>A property as text.</summary>
    public string Required(string name) => Text(name) ?? throw new InvalidDataException($"{File}:{Line} has no {name}.");

    /// <summary>A part of what is expected, as text; null when something else is expected.</summary>
    public string? Wanted(string name) =>
        Expected.ValueKind is JsonValueKind.Object && Expected.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>The properties of those names that the case has, as a request has them.</summary>
    public Dictionary<string, object?> Fields(params string[] names) =>
        names.Where(name => Root.TryGetProperty(name, out _)).ToDictionary(name => name, name => (object?)Root.GetProperty(name), StringComparer.Ordinal);

    /// <summary>What <paramref name="answer"/> says other than the refusal that is expected; null: it is that one.</summary>
    public string? DiffersFromRefusal(string word, CaseAnswer answer) =>
        answer.Status is not (400 or 422) ? $"expected a refusal, got {answer}"
        : answer.Text.Contains(word, StringComparison.OrdinalIgnoreCase) ? null
        : $"refused without \"{word}\": {answer}";

    /// <summary>Reads the cases of a file of a folder; blank lines are none.</summary>
    public static IEnumerable<Case> Read(string folder, string name)
    {
        var number = 0;
        foreach (var line in System.IO.File.ReadLines(Path.Combine(folder, name)))
        {
            number++;
            if (line.Trim().Length > 0)
            {
                using var document = JsonDocument.Parse(line);
                yield return new(folder, name, number, document.RootElement.Clone());
            }
        }
    }
}
