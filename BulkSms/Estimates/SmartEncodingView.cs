using System.Globalization;
using System.Text.Json.Serialization;
using BulkSms.Messages;

namespace BulkSms.Estimates;

/// <summary>What smart encoding does to the texts; without it, what it would do.</summary>
/// <param name="Enabled">Whether the texts are smart encoded.</param>
/// <param name="Replacements">What is replaced, the most frequent first.</param>
/// <param name="UnchangedTexts">Texts with something to replace that stay as they are: another character keeps them UCS-2, and they would take more segments.</param>
/// <param name="Before">The texts as they were written.</param>
/// <param name="After">The texts with smart encoding.</param>
/// <param name="Hint">What enabling it would save; null: it is enabled.</param>
public sealed record SmartEncodingView(
    bool Enabled,
    IReadOnlyList<ReplacementView> Replacements,
    int UnchangedTexts,
    EncodedView Before,
    EncodedView After,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Hint);

/// <summary>A character that is replaced.</summary>
/// <param name="Character">Its code point, such as <c>U+2019</c>.</param>
/// <param name="Written">The character.</param>
/// <param name="Becomes">What stands for it.</param>
/// <param name="Count">How often: in the text, or in all personal texts together.</param>
public sealed record ReplacementView(string Character, string Written, string Becomes, long Count)
{
    public static ReplacementView Of((char Character, string Becomes, long Count) each) =>
        new(string.Create(CultureInfo.InvariantCulture, $"U+{(int)each.Character:X4}"), each.Character.ToString(), each.Becomes, each.Count);
}

/// <summary>Texts in one encoding.</summary>
/// <param name="Segments">What would be billed.</param>
/// <param name="Cost">What it costs.</param>
public sealed record EncodedView(SegmentsView Segments, CostView Cost);
