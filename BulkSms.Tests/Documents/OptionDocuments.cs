using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BulkSms.Estimates;

namespace BulkSms.Tests.Documents;

/// <summary>The settings as docs/configuration.md lists them: made from the options classes, their attributes and their XML documentation.</summary>
internal static partial class OptionDocuments
{
    private const string Head = "| setting | default | range | meaning |\n|---|---|---|---|\n";
    private static readonly XDocument Xml = XDocument.Load(Path.ChangeExtension(typeof(ApiJson).Assembly.Location, ".xml"));

    /// <summary>The options classes with their sections, in the order of the sections.</summary>
    public static IReadOnlyList<(Type Type, string Section)> All { get; } =
    [
        .. from type in typeof(ApiJson).Assembly.GetTypes()
           where type.Name.EndsWith("Options", StringComparison.Ordinal)
           let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
           where section is not null
           orderby section
           select (type, section),
    ];

    /// <summary>The tables of all sections.</summary>
    public static string Write()
    {
        var text = new StringBuilder();
        foreach (var (type, section) in All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {section}\n\n{Sentence(SummaryOf($"T:{type.FullName}"))}\n\n{Head}");
            var defaults = Activator.CreateInstance(type)!;
            foreach (var property in SettingsOf(type))
            {
                var name = ElementOf(property) is not { } element ? property.Name
                    : type == typeof(PriceOptions) ? "{country}"
                    : property.Name == "ByName" ? "{name}" // all that the section has
                    : IsGroup(element) ? $"{property.Name}__{{name}}"
                    : $"{{name}}__{property.Name}";
                text.Append(CultureInfo.InvariantCulture, $"| `{section}__{name}` | {DefaultOf(property, defaults)} | {RangeOf(property)} | {MeaningOf(property)} |\n");
                foreach (var (part, of) in ElementOf(property) is { } group && IsGroup(group) ? SettingsOf(group).Select(each => (each, Activator.CreateInstance(group)!)) : [])
                {
                    text.Append(CultureInfo.InvariantCulture, $"| `{section}__{name}__{part.Name}{(ElementOf(part) == typeof(decimal) ? "__{country}" : "")}` | {DefaultOf(part, of)} | {RangeOf(part)} | {MeaningOf(part)} |\n");
                }
            }
        }

        return text.Append('\n').ToString();
    }

    /// <summary>The properties that configuration sets.</summary>
    public static IEnumerable<PropertyInfo> SettingsOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite || ElementOf(property) is not null);

    // Settings of their own below each name.
    private static bool IsGroup(Type element) => element is { IsClass: true, IsGenericType: false } && element != typeof(string);

    private static Type? ElementOf(PropertyInfo property) =>
        typeof(IDictionary).IsAssignableFrom(property.PropertyType) || (property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IDictionary<,>))
            ? property.PropertyType.GetGenericArguments()[1]
            : null;

    private static string DefaultOf(PropertyInfo property, object defaults) => property.GetValue(defaults) switch
    {
        IDictionary<string, IReadOnlyList<string>> { Count: 0 } => "none",
        IDictionary { Count: 0 } => "none",
        IDictionary<string, decimal> prices => string.Join(", ", prices.Select(price => string.Create(CultureInfo.InvariantCulture, $"{price.Key} {price.Value}"))),
        "" when property.IsDefined(typeof(RequiredAttribute)) => "required",
        null or "" => "none",
        Uri address => $"`{address.ToString().TrimEnd('/')}`",
        bool flag => flag ? "`true`" : "`false`",
        string or Enum => $"`{property.GetValue(defaults)}`",
        var value => Text(value),
    };

    private static string RangeOf(PropertyInfo property) =>
        property.GetCustomAttribute<RangeAttribute>() is { } range ? $"{Text(Bound(range, range.Minimum))} – {Text(Bound(range, range.Maximum))}"
        : property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern ? $"`{pattern.Pattern}`"
        : (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { IsEnum: true } words ? string.Join(", ", Enum.GetNames(words).Select(word => $"`{word}`"))
        : property.PropertyType == typeof(bool) ? "`true`, `false`"
        : "";

    // A bound of a time is written as text in the attribute.
    private static object Bound(RangeAttribute range, object bound) => range.OperandType == typeof(TimeSpan) ? TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture) : bound;

    private static string Text(object value) => value switch
    {
        TimeSpan time => time.ToString(time.Milliseconds == 0 ? "c" : @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture),
        double number => number.ToString("#,0.####", CultureInfo.InvariantCulture),
        int number => number.ToString("#,0", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // Default and range stand in columns of their own.
    private static string MeaningOf(PropertyInfo property) =>
        Sentence(LastRange().Replace(DefaultAlone().Replace(DefaultAndRange().Replace(SummaryOf($"P:{property.DeclaringType!.FullName}.{property.Name}"), ""), ""), ""));

    private static string Sentence(string text) => SectionName().Replace(text, "").Replace("|", "\\|", StringComparison.Ordinal).Trim();

    private static string SummaryOf(string member)
    {
        var element = Xml.Descendants("member").SingleOrDefault(each => (string?)each.Attribute("name") == member);
        Assert.True(element?.Element("summary") is not null, $"{member} has no documentation.");
        var parts = new[] { element!.Element("summary"), element.Element("remarks") }.OfType<XElement>();
        return Blanks().Replace(string.Join(' ', parts.Select(TextOf)), " ").Trim();
    }

    private static string TextOf(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } reference => $"`{(reference.Attribute("cref") ?? reference.Attribute("name"))!.Value.Split('.')[^1]}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => TextOf(other),
        _ => "",
    }));

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@" ?Section `\w+`[^.]*\.", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SectionName();

    [GeneratedRegex(@" ?Default [^.;:]*(\d\.\d+)?[^.;:]*; [^.;:]*(\d\.\d+)?[^.;:]*\.(?=\s|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DefaultAndRange();

    [GeneratedRegex(@" ?Default ([\w`]+|https://[\w.]+)\.(?=\s|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DefaultAlone();

    [GeneratedRegex(@"(?<=\.) [\d.,]+( \w+)? to [\d.,]+( \w+)?\.$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastRange();
}
