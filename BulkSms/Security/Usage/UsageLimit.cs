namespace BulkSms.Security.Usage;

/// <summary>What is counted.</summary>
public enum UsageKind
{
    /// <summary>Recipients of accepted broadcasts, by the day.</summary>
    RecipientsPerDay,

    /// <summary>What accepted broadcasts cost by their estimates, by the month, in millionths of a US dollar.</summary>
    MonthlyBudget,
}

/// <summary>How much one holder may use in a window.</summary>
/// <param name="Kind">What is counted.</param>
/// <param name="Holder">Whose it is: the id of a caller. Any other text is a holder of its own, whose counter no other has.</param>
/// <param name="Setting">The setting that says how much, as an answer names it.</param>
/// <param name="Most">How much, in the unit of the kind.</param>
public sealed record UsageLimit(UsageKind Kind, string Holder, string Setting, long Most)
{
    /// <summary>Millionths that make a US dollar.</summary>
    public const long Dollar = 1_000_000;

    /// <summary>An amount of money as it is counted: a part of a millionth counts as a whole one.</summary>
    public static long Millionths(decimal dollars) => dollars >= long.MaxValue / 2 / Dollar ? long.MaxValue / 2 : (long)Math.Ceiling(dollars * Dollar);

    /// <summary>A number of this kind in the unit that people use: recipients, or US dollars.</summary>
    public decimal Shown(long number) => Kind is UsageKind.MonthlyBudget ? (decimal)number / Dollar : number;
}

/// <summary>What a request would use of a limit.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Amount">How much; null: it is not known, so that the limit does not allow it.</param>
public sealed record UsageDemand(UsageLimit Limit, long? Amount);

/// <summary>How much of a limit is used.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Used">How much, by all instances.</param>
/// <param name="RenewsAt">When it begins anew.</param>
public sealed record UsageState(UsageLimit Limit, long Used, DateTimeOffset RenewsAt)
{
    /// <summary>How much is left; a limit that was lowered may be exceeded.</summary>
    public long Left => Math.Max(0, Limit.Most - Used);
}
