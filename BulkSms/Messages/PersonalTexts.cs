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

    private readonly PackedTexts values = new();
    private readonly List<byte> segments = []; // of 1,600 characters there are 24 at most

    /// <summary>The values that a text needs, in this order.</summary>
    public IReadOnlyList<string> Names => template.Names;

    /// <summary>The most segments and units of any text; UCS-2 if one is.</summary>
    public MessageSegments Largest { get; private set; }

    /// <summary>Adds the next recipient's values; returns the fault in words, or null.</summary>
    /// <param name="given">A value for each of <see cref="Names"/>; null: there is none.</param>
    public string? Add(string?[] given)
    {
        if (Array.Exists(given, value => value is null))
        {
            return "has no value for " + string.Join(", ", Names.Where((_, index) => given[index] is null).Select(name => $"{{{{{name}}}}}"));
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
