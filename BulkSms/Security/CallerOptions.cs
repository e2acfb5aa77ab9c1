using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BulkSms.Security;

/// <summary>The names of those who hold a function key, and what single callers may spend. Section <c>Callers</c>: settings below a name, such as <c>Callers__shop__KeyHashes</c>.</summary>
public sealed class CallerOptions
{
    public const string Section = "Callers";

    /// <summary>The name that all share whose key is not configured.</summary>
    public const string Unnamed = "key";

    /// <summary>The setting below a name.</summary>
    public const string KeyHashesSetting = "KeyHashes";

    /// <summary>Another setting below a name.</summary>
    public const string MonthlyBudgetSetting = "MonthlyBudget";

    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>
    /// By name: the SHA-256 of its function key in hexadecimal digits; two while the key is replaced by another, so that both are one caller. In one setting with a comma, or
    /// in two, <c>Callers__shop__KeyHashes__0</c> and <c>__1</c>. Default none.
    /// </summary>
    public IDictionary<string, IReadOnlyList<string>> KeyHashes { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// By name: US dollars that the caller's accepted broadcasts may cost a calendar month of UTC, by their estimates; 0 to 1,000,000,000. The name is that of a key's holder; with <c>Auth</c> it is the <c>oid</c> or <c>sub</c> of the
    /// caller's token. Default none: <c>Limits__MonthlyBudget</c>.
    /// </summary>
    public IDictionary<string, decimal> MonthlyBudget { get; } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>A setting below a name, for messages.</summary>
    public static string SettingOf(string name, string setting) => $"{Section}:{name}:{setting}";

    /// <summary>Takes the settings of a configuration section. A name without one of them is none: the check of all settings' names tells.</summary>
    public void Take(IConfigurationSection section)
    {
        foreach (var name in section.GetChildren())
        {
            var setting = name.GetSection(KeyHashesSetting);
            if (setting.Exists())
            {
                KeyHashes[name.Key] = [.. setting.GetChildren().Select(each => each.Value).Prepend(setting.Value).OfType<string>()
                    .SelectMany(value => value.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
            }

            if (name[MonthlyBudgetSetting] is { Length: > 0 } budget)
            {
                MonthlyBudget[name.Key] = decimal.TryParse(budget, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : -1;
            }
        }
    }
}

/// <summary>A wrong hash would make its holder one of those without a name, and it would not be seen. What is wrong is never shown: it may be the key itself.</summary>
public sealed partial class CallerOptionsValidator : IValidateOptions<CallerOptions>
{
    private const int MostHashes = 2;
    private const string HowToMake = "Make it with: printf %s \"$KEY\" | sha256sum";

    /// <summary>SHA-256 of no key: the command was given an empty variable.</summary>
    private const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>Names that say something else on a broadcast.</summary>
    private static readonly string[] Reserved = [CallerOptions.Unnamed, "anonymous", "system"];

    public ValidateOptionsResult Validate(string? name, CallerOptions options)
    {
        var errors = options.KeyHashes.SelectMany(holder => ErrorsOf(holder.Key, holder.Value)).Concat(ErrorsOfDuplicates(options)).ToArray();
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static string SettingOf(string name) => CallerOptions.SettingOf(name, CallerOptions.KeyHashesSetting);

    private static IEnumerable<string> ErrorsOf(string name, IReadOnlyList<string> hashes)
    {
        var setting = SettingOf(name);
        if (!Name().IsMatch(name))
        {
            yield return $"{setting}: a caller's name must be 1 to 64 letters, digits, dots, hyphens and underscores, and begin with a letter or digit.";
        }

        if (Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{setting}: the name {name} is reserved ({string.Join(", ", Reserved)}). Choose another.";
        }

        if (hashes.Count is 0 or > MostHashes)
        {
            yield return $"{setting} must be one hash, or two while the key is replaced by another, with a comma between; it has {hashes.Count}. {HowToMake}";
        }

        if (hashes.Any(hash => !Hash().IsMatch(hash)))
        {
            yield return $"{setting} must be SHA-256 hashes of function keys, 64 hexadecimal digits each. {HowToMake}";
        }

        if (hashes.Contains(OfNothing, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{setting} is the hash of an empty key: the variable was empty. {HowToMake}";
        }
    }

    private static IEnumerable<string> ErrorsOfDuplicates(CallerOptions options) =>
        from holder in options.KeyHashes
        from hash in holder.Value
        group holder.Key by hash.ToUpperInvariant() into holders
        where holders.Skip(1).Any()
        select $"{string.Join(" and ", holders.Select(SettingOf).Distinct(StringComparer.Ordinal))}: the same hash is given twice. A key has one holder.";

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[0-9A-Fa-f]{64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hash();
}
