namespace BulkSms.Recipients;

/// <summary>The recipients of a request, sorted out: each number once, in the order given, and what was wrong with the others.</summary>
/// <param name="rules">How numbers are read.</param>
public sealed class RecipientList(NumberRules rules)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<string> unique = [];

    /// <summary>A list of E.164 numbers.</summary>
    public RecipientList()
        : this(NumberRules.E164)
    {
    }

    /// <summary>Canonical E.164 numbers, each once, in the order given.</summary>
    public IReadOnlyList<string> Unique => unique;

    /// <summary>How many entries named a number that had been given before.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Adds what the caller wrote; returns the fault in words, or null.</summary>
    public string? Add(string text)
    {
        if (!PhoneNumber.TryParse(text, rules, out var number, out var fault))
        {
            return fault;
        }

        if (seen.Add(number.Value))
        {
            unique.Add(number.Value);
        }
        else
        {
            Duplicates++;
        }

        return null;
    }
}
