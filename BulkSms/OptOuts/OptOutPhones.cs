using BulkSms.Lists;
using BulkSms.Recipients;

namespace BulkSms.OptOuts;

/// <summary>The phones of a list that is imported: each once, whichever variants of its number are given.</summary>
/// <param name="rules">How the numbers are read.</param>
public sealed class OptOutPhones(NumberRules rules)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<string> unique = [];

    /// <summary>In the order given.</summary>
    public IReadOnlyList<string> Unique => unique;

    /// <summary>What was read in one of several ways; null: nothing was.</summary>
    public IReadOnlyList<ListWarning>? Warnings { get; set; }

    /// <summary>How many entries named a phone again.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Adds an entry; returns what is wrong with it, or null.</summary>
    public string? Add(string text)
    {
        if (OptOutSender.Read(text, rules, out var phone) is { } error)
        {
            return error;
        }

        if (seen.Add(OptOutKey.Of(phone)))
        {
            unique.Add(phone);
        }
        else
        {
            Duplicates++;
        }

        return null;
    }
}
