using BulkSms.Storage;

namespace BulkSms.Recipients;

/// <summary>Column names of the Recipients table.</summary>
public static class RecipientColumns
{
    public const string To = "to";
    public const string Text = "text";
    public const string Segments = "segments";
    public const string Index = "index";
    public const string Line = "line";
    public const string RequestIndex = "requestIndex";
    public const string Written = "written";
    public const string Reference = "reference";
    public const string Data = "data";
    public const string Status = "status";
    public const string ProviderStatus = "providerStatus";
    public const string Attempt = "attempt";
    public const string ClaimId = "claimId";
    public const string DueAt = "dueAt";
    public const string ExpiresAt = "expiresAt";
    public const string Sid = "sid";
    public const string OtherSids = "sids";
    public const string Code = "code";
    public const string Reason = "reason";
    public const string SentAt = "sentAt";
    public const string PoisonedAt = "poisonedAt";
    public const string PolledAt = "polledAt";
    public const string ClaimedAt = "claimedAt";
    public const string AbsentAt = "absentAt";
    public const string Absences = "absences";
    public const string SuspectFrom = "suspectFrom";
    public const string GivenUp = "givenUp";
    public const string GivenUpBy = "givenUpBy";
    public const string HeldFor = "heldFor";
    public const string Account = "account";
    public const string Service = "service";
    public const string Sequence = "sequence";
    public const string IsUntold = "untold";
    public const string Clicks = "clicks";
    public const string LastClicks = "lastClicks";

    /// <summary>Of what is left of an erased person: the country that was billed.</summary>
    public const string Country = "country";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        To, Text, Segments, Index, Line, RequestIndex, Written, Reference, Data, Status, ProviderStatus, Attempt, ClaimId, DueAt,
        ExpiresAt, Sid, OtherSids, Code, Reason, SentAt, PoisonedAt, PolledAt,
        ClaimedAt, AbsentAt, Absences, SuspectFrom, GivenUp, GivenUpBy, HeldFor, Account, Service, Sequence, IsUntold, Country, Clicks, LastClicks,
    ];

    /// <summary>What a column says of a row. "Nothing" is written out: a merge overwrites a column, but cannot take one away.</summary>
    internal static object Value(Recipient row, string column) => column switch
    {
        To => row.To,
        Text => row.Text ?? "",
        Segments => row.Segments ?? 0,
        Index => row.Index,
        Line => row.Line ?? 0,
        RequestIndex => row.RequestIndex ?? -1,
        Written => row.Written ?? "",
        Reference => row.Reference ?? "",
        Data => row.Data ?? "",
        Status => row.Status,
        ProviderStatus => row.ProviderStatus ?? "",
        Attempt => row.Attempt,
        ClaimId => row.ClaimId ?? "",
        DueAt => row.DueAt ?? NoTime.Value,
        ExpiresAt => row.ExpiresAt ?? NoTime.Value,
        Sid => row.Sid ?? "",
        OtherSids => row.OtherSids ?? "",
        Code => row.Code ?? 0,
        Reason => row.Reason ?? "",
        SentAt => row.SentAt ?? NoTime.Value,
        PoisonedAt => row.PoisonedAt ?? NoTime.Value,
        PolledAt => row.PolledAt ?? NoTime.Value,
        ClaimedAt => row.ClaimedAt ?? NoTime.Value,
        AbsentAt => row.AbsentAt ?? NoTime.Value,
        Absences => row.Absences,
        SuspectFrom => row.SuspectFrom ?? NoTime.Value,
        GivenUp => row.GivenUp,
        GivenUpBy => row.GivenUpBy ?? "",
        HeldFor => row.HeldFor ?? "",
        Account => row.Account ?? "",
        Service => row.Service ?? "",
        Sequence => row.Sequence,
        IsUntold => row.IsUntold,
        Country => row.Country ?? "",
        Clicks => row.Clicks,
        LastClicks => row.LastClicks ?? "",
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "Not a column of a recipient's row."),
    };
}
