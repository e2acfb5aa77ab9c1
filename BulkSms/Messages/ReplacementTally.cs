namespace BulkSms.Messages;

/// <summary>Counts what smart encoding replaces.</summary>
public sealed class ReplacementTally
{
    private readonly Dictionary<(char Character, string Becomes), long> counts = [];

    /// <summary>Texts that stay as they are, since they would take more segments.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Each replacement, the most frequent first.</summary>
    public IEnumerable<(char Character, string Becomes, long Count)> Counts => counts
        .OrderByDescending(each => each.Value).ThenBy(each => each.Key.Character).ThenBy(each => each.Key.Becomes, StringComparer.Ordinal)
        .Select(each => (each.Key.Character, each.Key.Becomes, each.Value));

    internal void AddUnchanged() => Unchanged++;

    internal void Add(IEnumerable<(char Character, string Becomes)> replacements)
    {
        foreach (var replacement in replacements)
        {
            counts[replacement] = counts.GetValueOrDefault(replacement) + 1;
        }
    }
}
