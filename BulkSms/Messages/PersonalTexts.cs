using System.Text;
using BulkSms.Common;
using BulkSms.Segments;

namespace BulkSms.Messages;

/// <summary>Why a recipient has no text.</summary>
/// <param name="Name">The value that is wrong; null: it is the text as a whole.</param>
/// <param name="Text">In words for the caller.</param>
/// <param name="IsMissing">Whether that value is not there at all.</param>
public readonly record struct TextFault(string? Name, string Text, bool IsMissing = false);

/// <summary>
/// The texts of a personalised broadcast. Each is made and checked when its recipient is added; only its values are kept, as UTF-8, and the text is made
/// again when it is needed: 100,000 texts would be too much to hold.
/// </summary>
/// <param name="template">The template.</param>
/// <param name="maxLength">Longest text, in UTF-16 code units.</param>
/// <param name="isLiteral">Whether a value is sent though programs write it where a value is missing.</param>
public sealed class PersonalTexts(MessageTemplate template, int maxLength, bool isLiteral = false)
{
    /// <summary>Between values: a control character, which no text that can be sent has.</summary>
    private const char Separator = '\0';

    /// <summary>Names of which is kept whether a text needs them.</summary>
    private const int MaxKnown = 2000;

    /// <summary>Missing values that an error names.</summary>
    private const int Shown = 5;

    private readonly PackedTexts values = new();
    private readonly Dictionary<string, int> places = template.Names.Index().ToDictionary(name => ForgivingName.KeyOf(name.Item), name => name.Index, StringComparer.Ordinal);
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal); // the columns of a file come with each row
    private readonly List<byte> segments = []; // of 1,600 characters there are 24 at most

    /// <summary>Whether the texts are smart encoded.</summary>
    public bool SmartEncoding { get; init; }

    /// <summary>Whether the texts are the variables of a content template: see <see cref="ContentVariables"/>.</summary>
    public bool AreVariables { get; init; }

    /// <summary>Whether a text counts as one segment, whatever is in it: see <see cref="MessageExtras.HasSegments"/>.</summary>
    public bool AreUncounted { get; init; }

    /// <summary>The values that a text needs, in this order.</summary>
    public IReadOnlyList<string> Names => template.Names;

    /// <summary>Whether a text can do without a value.</summary>
    public bool HasDefault(int index) => template.HasDefault(index);

    /// <summary>The place of a name, however it is spelled, among <see cref="Names"/>; below zero when no text needs it.</summary>
    public int IndexOf(string name)
    {
        if (!known.TryGetValue(name, out var index))
        {
            index = places.GetValueOrDefault(ForgivingName.KeyOf(name), -1);
            if (known.Count < MaxKnown)
            {
                known[name] = index;
            }
        }

        return index;
    }

    /// <summary>The values that a text needs, out of a recipient's data.</summary>
    /// <param name="data">All of it; null: there is none.</param>
    /// <param name="fault">Two entries that are meant by one placeholder.</param>
    public string?[] ValuesOf(IReadOnlyList<KeyValuePair<string, string>>? data, out TextFault? fault)
    {
        var found = new string?[Names.Count];
        fault = null;
        for (var i = 0; i < data?.Count; i++)
        {
            var (name, value) = data[i];
            if (IndexOf(name) is not (var index and >= 0))
            {
                continue;
            }

            if (found[index] is not null)
            {
                fault = new(name, $"is meant by {{{{{Names[index]}}}}}, and so is another of nearly the same name: leave one out");
            }

            found[index] = value;
        }

        return found;
    }

    /// <summary>The most segments and units of any text; UCS-2 if one is.</summary>
    public MessageSegments Largest { get; private set; }

    /// <summary>Adds the next recipient's values; returns what is wrong, or null.</summary>
    /// <inheritdoc cref="Make"/>
    public TextFault? Add(string?[] written)
    {
        var fault = Make(written, out var made);
        if (fault is null)
        {
            Add(made);
        }

        return fault;
    }

    /// <summary>Adds the next recipient's text.</summary>
    internal void Add(in MadeText made)
    {
        var counted = AreUncounted ? MessageSegments.Uncounted : MessageSegments.Of(made.Text);
        Largest = new(
            counted.Encoding is SmsEncoding.Ucs2 ? SmsEncoding.Ucs2 : Largest.Encoding, Math.Max(Largest.Count, counted.Count), Math.Max(Largest.Units, counted.Units));
        values.Add(made.Values, Separator);
        segments.Add((byte)counted.Count);
    }

    /// <summary>Makes a text and checks it; returns what is wrong, or null.</summary>
    /// <param name="written">A value for each of <see cref="Names"/>, as it was written: blanks around it do not count, and an empty one is none. Null: there is none.</param>
    /// <param name="made">The text; nothing beside a fault.</param>
    internal TextFault? Make(string?[] written, out MadeText made)
    {
        made = default;
        var given = Array.ConvertAll(written, value => value is null || ForgivingName.IsBlank(value) ? "" : value.Trim());
        string[] missing = [.. Names.Where((_, index) => given[index].Length == 0 && !template.HasDefault(index))];
        if (missing.Length > 0)
        {
            var names = string.Join(", ", missing.Take(Shown).Select(name => $"{{{{{name}}}}}")) + (missing.Length > Shown ? $" and {missing.Length - Shown} more" : "");
            return new(missing[0], $"has no value for {names}", IsMissing: true);
        }

        if (!isLiteral && Array.FindIndex(given, NullWords.Has) is var word and >= 0)
        {
            return new(Names[word], $"has \"{given[word]}\" for {{{{{Names[word]}}}}}, which programs write where a value is missing: write the value, or set literal to true to send it as it is");
        }

        if (!isLiteral && Array.FindIndex(given, SheetFormulas.Is) is var formula and >= 0)
        {
            return new(Names[formula], $"has a formula for {{{{{Names[formula]}}}}}, not its result: write the value, or set literal to true to send it as it is");
        }

        // JSON escapes controls, so the variables of a content template do not show them; and one of them stands between the values that are kept.
        var text = Finished(given, SmartEncoding);
        if ((AreVariables ? given.SelectMany(value => value.Length == 0 ? [] : MessageRules.FaultsOf(value, maxLength)) : []).Concat(MessageRules.FaultsOf(text, maxLength)).FirstOrDefault() is { } fault)
        {
            return new(null, (AreVariables ? "the contentVariables for this recipient " : "the text for this recipient ") + fault);
        }

        made = new(given, text);
        return null;
    }

    /// <summary>The text of one recipient, by index.</summary>
    public string At(int index) => Finished(Kept(index), SmartEncoding);

    /// <summary>That text without smart encoding.</summary>
    public string PlainAt(int index) => Finished(Kept(index), smartEncoding: false);

    /// <summary>The segments of that text.</summary>
    public int SegmentsAt(int index) => segments[index];

    /// <summary>What makes that text, beside the template: for a digest.</summary>
    public ReadOnlySpan<byte> ValuesAt(int index) => values[index];

    private string[] Kept(int index) => Encoding.UTF8.GetString(values[index]).Split(Separator);

    // Of JSON each value is normalized by itself: a mark that begins one would join with the letter of an escape before it.
    private string Finished(string[] given, bool smartEncoding) => AreVariables
        ? template.Render(Array.ConvertAll(given, value => ContentVariables.Escape(FinishedText.Of(value, smartEncoding))))
        : FinishedText.Of(template.Render(given), smartEncoding);

    /// <summary>A text that can be sent, before it is added.</summary>
    /// <param name="Values">What it was made of.</param>
    /// <param name="Text">The text.</param>
    internal readonly record struct MadeText(string[] Values, string Text);
}
