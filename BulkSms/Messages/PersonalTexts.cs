using System.Text;
using BulkSms.Segments;

namespace BulkSms.Messages;

/// <summary>
/// The texts of a personalised broadcast. Each is made and checked when its recipient is added; only its values are kept, as UTF-8, and the text is made
/// again when it is needed: 100,000 texts would be too much to hold.
/// </summary>
/// <param name="template">The template.</param>
/// <param name="maxLength">Longest text, in UTF-16 code units.</param>
public sealed class PersonalTexts(MessageTemplate template, int maxLength)
{
    /// <summary>Between values: a control character, which no text that can be sent has.</summary>
    private const char Separator = '\0';

    /// <summary>Missing values that an error names.</summary>
    private const int Shown = 5;

    private readonly PackedTexts values = new();
    private readonly Dictionary<string, int> places = template.Names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
    private readonly List<byte> segments = []; // of 1,600 characters there are 24 at most

    /// <summary>The values that a text needs, in this order.</summary>
    public IReadOnlyList<string> Names => template.Names;

    /// <summary>The place of a name among <see cref="Names"/>; below zero when no text needs it.</summary>
    public int IndexOf(string name) => places.GetValueOrDefault(name, -1);

    /// <summary>The most segments and units of any text; UCS-2 if one is.</summary>
    public MessageSegments Largest { get; private set; }

    /// <summary>Adds the next recipient's values; returns the fault in words, or null.</summary>
    /// <param name="written">A value for each of <see cref="Names"/>, as it was written: blanks around it do not count, and an empty one is none. Null: there is none.</param>
    public string? Add(string?[] written)
    {
        var given = Array.ConvertAll(written, value => value?.Trim() is { Length: > 0 } trimmed ? trimmed : null);
        if (Array.Exists(given, value => value is null))
        {
            string[] missing = [.. Names.Where((_, index) => given[index] is null)];
            return "has no value for " + string.Join(", ", missing.Take(Shown).Select(name => $"{{{{{name}}}}}")) + (missing.Length > Shown ? $" and {missing.Length - Shown} more" : "");
        }

        var text = template.Render(given!);
        if (MessageRules.FaultsOf(text, maxLength).FirstOrDefault() is { } fault)
        {
            return "the text for this recipient " + fault;
        }

        var counted = MessageSegments.Of(text);
        Largest = new(
            counted.Encoding is SmsEncoding.Ucs2 ? SmsEncoding.Ucs2 : Largest.Encoding, Math.Max(Largest.Count, counted.Count), Math.Max(Largest.Units, counted.Units));
        values.Add(given!, Separator);
        segments.Add((byte)counted.Count);
        return null;
    }

    /// <summary>The text of one recipient, by index.</summary>
    public string At(int index) => template.Render(Encoding.UTF8.GetString(values[index]).Split(Separator));

    /// <summary>The segments of that text.</summary>
    public int SegmentsAt(int index) => segments[index];

    /// <summary>What makes that text, beside the template: for a digest.</summary>
    public ReadOnlySpan<byte> ValuesAt(int index) => values[index];
}
