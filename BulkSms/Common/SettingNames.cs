using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BulkSms.Common;

/// <summary>Stands for the names of all settings, to be validated at start.</summary>
public sealed class SettingNames;

/// <summary>
/// Stops the start when a known section holds a setting that nothing reads: mistyped, it would leave the default in force without a word. A section whose name is
/// nearly known, and whose settings are, counts as mistyped too. The message proposes the right name.
/// </summary>
public sealed class SettingNamesValidator(IConfiguration configuration, IEnumerable<KnownSection> sections) : IValidateOptions<SettingNames>
{
    private readonly KnownSection[] known = [.. sections];

    public ValidateOptionsResult Validate(string? name, SettingNames options)
    {
        var errors = configuration.GetChildren().SelectMany(ErrorsOf).ToArray();
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<string> ErrorsOf(IConfigurationSection section)
    {
        var paths = PathsBelow(section).ToArray();
        if (known.FirstOrDefault(each => each.Name.Equals(section.Key, StringComparison.OrdinalIgnoreCase)) is { } own)
        {
            return paths.Where(path => !own.Has(path)).Select(path => $"{own.Name}:{path} is not a setting. {Advice(own, path)}");
        }

        return
            from path in paths
            from near in known
            where Likeness.Distance(near.Name, section.Key) <= Likeness.Typo(near.Name) && near.Has(path)
            select $"{section.Key}:{path} is not a setting. {DidYouMean(near.Name, path)}";
    }

    private string Advice(KnownSection own, string path)
    {
        var candidates =
            from section in known
            from setting in section.Settings
            where !setting.Contains('*', StringComparison.Ordinal)
            let distance = Likeness.Distance(setting, path) + (section == own ? 0 : 1)
            where distance <= Likeness.Typo(setting) || Likeness.IsPart(setting, path)
            orderby section == own && Likeness.IsPart(setting, path) ? 0 : distance, setting
            select (section.Name, Setting: setting);
        return candidates.FirstOrDefault() is { Name: { } name } found
            ? DidYouMean(name, found.Setting)
            : $"{own.Name} has {string.Join(", ", own.Settings.Order(StringComparer.Ordinal))}.";
    }

    private static string DidYouMean(string section, string path) =>
        $"Did you mean {section}:{path} ({section}__{path.Replace(":", "__", StringComparison.Ordinal)} in the environment)?";

    private static IEnumerable<string> PathsBelow(IConfigurationSection section) => section.GetChildren().SelectMany(child =>
        PathsBelow(child).Select(path => $"{child.Key}:{path}").Concat(child.Value is null ? [] : [child.Key]));
}

/// <summary>How alike two names are, whatever their case and separators.</summary>
internal static class Likeness
{
    private const int LeastPart = 5;

    /// <summary>Letters that may be wrong in a mistyped name.</summary>
    public static int Typo(string name) => Math.Clamp(name.Length / 4, 1, 4);

    /// <summary>Whether one name is the other with something left out at an end.</summary>
    public static bool IsPart(string left, string right)
    {
        var (a, b) = (Plain(left), Plain(right));
        return Math.Min(a.Length, b.Length) >= LeastPart && (a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal));
    }

    /// <summary>Letters to add, remove, change or swap with their neighbour.</summary>
    public static int Distance(string left, string right)
    {
        var (a, b) = (Plain(left), Plain(right));
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                    rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));
}
