using System.Collections.Frozen;
using System.Globalization;

namespace BulkSms.OptOuts;

/// <summary>Numbers of erased persons who are not texted, by their hashes. It does not change. While there are none it costs nothing to ask; else a hash by each key that is in use.</summary>
public sealed class KeptNumbers
{
    private readonly HashKeys keys;
    private readonly int[] versions;
    private readonly FrozenDictionary<string, uint> hashes; // since when, in seconds

    /// <param name="keys">The keys.</param>
    /// <param name="hashes">Each with its version, see <see cref="NameOf"/>; and since when.</param>
    public KeptNumbers(HashKeys keys, IReadOnlyCollection<(string Name, DateTimeOffset Since)> hashes)
    {
        this.keys = keys;
        this.hashes = hashes.ToFrozenDictionary(each => each.Name, each => (uint)Math.Clamp(each.Since.ToUnixTimeSeconds(), 0, uint.MaxValue), StringComparer.Ordinal);
        versions = [.. hashes.Select(each => VersionOf(each.Name)).Distinct()];
    }

    public static KeptNumbers None { get; } = new(HashKeys.None, []);

    /// <summary>Since when a number (E.164) is not to be texted; null: it is not among these.</summary>
    public DateTimeOffset? Since(string number)
    {
        foreach (var version in versions)
        {
            if (hashes.TryGetValue(NameOf(version, keys.Hash(version, number)), out var since))
            {
                return DateTimeOffset.FromUnixTimeSeconds(since);
            }
        }

        return null;
    }

    /// <summary>How a hash is called: the version of its key, and the hash.</summary>
    public static string NameOf(int version, string hash) => string.Create(CultureInfo.InvariantCulture, $"{version}.{hash}");

    /// <summary>The version of the key of a hash.</summary>
    public static int VersionOf(string name) => int.Parse(name.AsSpan(0, name.IndexOf('.', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);
}
