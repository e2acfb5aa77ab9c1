using BulkSms.Common;
using BulkSms.Messages;

namespace BulkSms.Recipients;

/// <summary>What is wrong with one entry of a list.</summary>
/// <param name="Member">The part of it: <c>to</c>, <c>data.name</c>, or nothing for the entry itself.</param>
/// <param name="Text">In words for the caller, and for nothing else: they may show what was written.</param>
/// <param name="Value">The value of the text that is wrong or missing; null: it is not one of them.</param>
public readonly record struct RecipientFault(string Member, string Text, string? Value = null);

/// <summary>What a list makes of an entry.</summary>
/// <param name="Fault">What is wrong with it; null: nothing.</param>
/// <param name="DuplicateOf">The recipient, by index, whose phone it names again; null: it is a recipient of its own.</param>
/// <param name="HasOtherText">Whether it is a duplicate whose text would differ from that recipient's.</param>
public readonly record struct Added(RecipientFault? Fault, int? DuplicateOf = null, bool HasOtherText = false);

/// <summary>What becomes of an entry that names a phone again, with another text.</summary>
public enum OnDuplicate
{
    /// <summary>The first entry of the phone is sent.</summary>
    First,

    /// <summary>Both are sent.</summary>
    Each,

    /// <summary>It is an error.</summary>
    Reject,
}

/// <summary>The recipients of a request, sorted out: each phone once, by the number given first, in the order given, and what was wrong with the others.</summary>
/// <param name="rules">How numbers are read.</param>
/// <param name="texts">Takes each recipient's values; null: all get the same text.</param>
/// <param name="onDuplicate">What becomes of a phone that is given again with another text.</param>
public sealed class RecipientList(NumberRules rules, PersonalTexts? texts = null, OnDuplicate onDuplicate = OnDuplicate.First)
{
    public const string Number = "to";

    /// <summary>Texts to one phone in one broadcast: what was sent to a number is looked for by so many keys.</summary>
    public const int MaxCopies = 20;

    private readonly NumberList unique = new();
    private readonly ChunkedList<int> places = new();
    private readonly KeptDetails details = new();
    private readonly Dictionary<int, List<int>> copiesOf = []; // of the first recipient of a phone, the others
    private readonly Dictionary<int, int> copies = []; // of each of the others, the how manieth it is
    private PhoneSet? phones;

    /// <summary>A list of E.164 numbers.</summary>
    public RecipientList()
        : this(NumberRules.E164)
    {
    }

    /// <summary>Canonical E.164 numbers, in the order given; each phone once, unless it gets several texts.</summary>
    public IReadOnlyList<string> Unique => unique;

    /// <summary>Where each of them was named: its index in JSON, its line in a file.</summary>
    public IReadOnlyList<int> Places => places;

    /// <summary>Their texts; null: all get the same one.</summary>
    public PersonalTexts? Texts => texts;

    /// <summary>What is kept of them beside number and text.</summary>
    internal KeptDetails Details => details;

    /// <summary>How many entries named a phone that had been given before, by this number or a variant of it, and are no recipients of their own.</summary>
    public int Duplicates { get; private set; }

    /// <summary>The most texts that one phone gets.</summary>
    public int MostCopies { get; private set; } = 1;

    private PhoneSet Phones => phones ??= new(unique);

    /// <summary>Adds what the caller wrote; returns the fault in words, or null.</summary>
    public string? Add(string text) => Add(unique.Count, text).Fault?.Text;

    /// <summary>Adds what the caller wrote. The first entry of a number counts, whatever values a later one has, unless it is to be asked.</summary>
    /// <param name="place">Its index in JSON, its line in a file.</param>
    /// <param name="text">The number.</param>
    /// <param name="values">A value for each name of <see cref="Texts"/>; null: none at all.</param>
    /// <param name="reference">The caller's own name for it; null: none.</param>
    /// <param name="data">What else the caller gave.</param>
    public Added Add(int place, string text, string?[]? values = null, string? reference = null, IReadOnlyList<KeyValuePair<string, string>>? data = null)
    {
        if (!PhoneNumber.TryParse(text, rules, out var number, out var fault))
        {
            return new(new(Number, NumberErrors.Of(text, fault)));
        }

        var made = default(PersonalTexts.MadeText);
        if (Phones.IndexOf(number.Value) is { } first)
        {
            var unfit = texts?.Make(values ?? new string?[texts.Names.Count], out made);
            var same = texts is null ? first : unfit is null ? SameText(first, made.Text) : null;
            if (same is not null || onDuplicate is not OnDuplicate.Each)
            {
                // Of a duplicate that is left out it does not matter whether its text could be made, unless that is asked for.
                return unfit is not null && onDuplicate is OnDuplicate.Reject ? Unfit(unfit.Value) : Duplicate(same ?? first, same is null && unfit is null);
            }

            return unfit is not null ? Unfit(unfit.Value)
                : copiesOf.GetValueOrDefault(first)?.Count + 2 > MaxCopies ? new(new("", $"is one text too many to one phone: at most {MaxCopies} are sent"))
                : Keep(number.Value, place, text, made, reference, data, first);
        }

        if (texts?.Make(values ?? new string?[texts.Names.Count], out made) is { } wrong)
        {
            return Unfit(wrong); // a later entry of the number may do better
        }

        return Keep(number.Value, place, text, made, reference, data, null);
    }

    /// <summary>Which text of its phone this recipient's is, from 0: those of one phone are told apart by it.</summary>
    public int CopyAt(int index) => copies.GetValueOrDefault(index);

    /// <summary>The number of a recipient as the caller wrote it.</summary>
    public string WrittenAt(int index) => details.WrittenAt(index) ?? unique[index];

    /// <summary>The caller's own name for a recipient; null: none.</summary>
    public string? ReferenceAt(int index) => details.PartsAt(index).Reference;

    /// <summary>One recipient.</summary>
    public Addressee At(int index)
    {
        var (written, reference, data) = details.At(index);
        return new(unique[index], texts?.At(index), texts?.SegmentsAt(index) ?? 0) { Place = places[index], Written = written, Reference = reference, Data = data, Copy = CopyAt(index) };
    }

    /// <summary>All but those whose number is to be left out.</summary>
    public Addressees Without(Func<string, bool> isLeftOut)
    {
        var kept = Enumerable.Range(0, unique.Count).Where(index => !isLeftOut(unique[index])).ToArray();
        return new(this, kept.Length == unique.Count ? null : kept);
    }

    /// <summary>Some of them.</summary>
    /// <param name="indexes">Which, in order; null: all.</param>
    public Addressees Only(IReadOnlyList<int>? indexes) => new(this, indexes);

    private int? SameText(int first, string text) =>
        texts!.At(first) == text ? first
        : copiesOf.TryGetValue(first, out var others) && others.FindIndex(other => texts.At(other) == text) is var at and >= 0 ? others[at]
        : null;

    private static Added Unfit(TextFault wrong) => new(new RecipientFault(wrong.Name is null || wrong.IsMissing ? "" : $"data.{wrong.Name}", wrong.Text, wrong.Name));

    private Added Duplicate(int index, bool hasOtherText)
    {
        Duplicates++;
        return new(null, index, hasOtherText);
    }

    private Added Keep(
        string number, int place, string written, in PersonalTexts.MadeText made, string? reference, IReadOnlyList<KeyValuePair<string, string>>? data, int? first)
    {
        if (details.FaultOf(data) is { } tooMuch)
        {
            return new(new("", tooMuch));
        }

        texts?.Add(made);
        var index = unique.Count;
        unique.Add(number);
        places.Add(place);
        details.Add(index, written == number ? null : written, reference, data);
        if (first is not { } phone)
        {
            Phones.Add(index);
            return default;
        }

        if (!copiesOf.TryGetValue(phone, out var others))
        {
            copiesOf[phone] = others = [];
        }

        others.Add(index);
        copies[index] = others.Count;
        MostCopies = Math.Max(MostCopies, others.Count + 1);
        return default;
    }
}
