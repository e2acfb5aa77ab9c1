using BulkSms.Messages;

namespace BulkSms.Recipients;

/// <summary>What is wrong with one entry of a list.</summary>
/// <param name="Member">The part of it: <c>to</c>, <c>data.name</c>, or nothing for the entry itself.</param>
/// <param name="Text">In words for the caller, and for nothing else: they may show what was written.</param>
/// <param name="Value">The value of the text that is wrong or missing; null: it is not one of them.</param>
public readonly record struct RecipientFault(string Member, string Text, string? Value = null);

/// <summary>The recipients of a request, sorted out: each phone once, by the number given first, in the order given, and what was wrong with the others.</summary>
/// <param name="rules">How numbers are read.</param>
/// <param name="texts">Takes each recipient's values; null: all get the same text.</param>
public sealed class RecipientList(NumberRules rules, PersonalTexts? texts = null)
{
    public const string Number = "to";
    private readonly HashSet<string> seen = new(StringComparer.Ordinal); // by phone, not by number: see NumberVariants
    private readonly List<string> unique = [];

    /// <summary>A list of E.164 numbers.</summary>
    public RecipientList()
        : this(NumberRules.E164)
    {
    }

    /// <summary>Canonical E.164 numbers, each phone once, in the order given.</summary>
    public IReadOnlyList<string> Unique => unique;

    /// <summary>Their texts; null: all get the same one.</summary>
    public PersonalTexts? Texts => texts;

    /// <summary>How many entries named a phone that had been given before, by this number or a variant of it.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Adds what the caller wrote; returns the fault in words, or null.</summary>
    public string? Add(string text) => Add(text, null)?.Text;

    /// <summary>Adds what the caller wrote. The first entry of a number counts, whatever values a later one has.</summary>
    /// <param name="text">The number.</param>
    /// <param name="values">A value for each name of <see cref="Texts"/>; null: none at all.</param>
    /// <returns>What is wrong, or null.</returns>
    public RecipientFault? Add(string text, string?[]? values)
    {
        if (!PhoneNumber.TryParse(text, rules, out var number, out var fault))
        {
            return new(Number, NumberErrors.Of(text, fault));
        }

        var phone = NumberVariants.KeyOf(number.Value);
        if (texts is null ? !seen.Add(phone) : seen.Contains(phone))
        {
            Duplicates++;
            return null;
        }

        if (texts is not null)
        {
            if (texts.Add(values ?? new string?[texts.Names.Count]) is { } unfit)
            {
                return new(unfit.Name is null || unfit.IsMissing ? "" : $"data.{unfit.Name}", unfit.Text, unfit.Name); // a later entry of the number may do better
            }

            seen.Add(phone);
        }

        unique.Add(number.Value);
        return null;
    }

    /// <summary>All but those whose number is to be left out.</summary>
    public Addressees Without(Func<string, bool> isLeftOut)
    {
        var kept = Enumerable.Range(0, unique.Count).Where(index => !isLeftOut(unique[index])).ToArray();
        return new(unique, texts, kept.Length == unique.Count ? null : kept);
    }

    /// <summary>Some of them.</summary>
    /// <param name="indexes">Which, in order.</param>
    public Addressees Only(IReadOnlyList<int> indexes) => new(unique, texts, indexes);
}
