namespace BulkSms.Broadcasts;

/// <summary>What became of a request to commit.</summary>
public enum CommitResult
{
    Committed,

    /// <summary>The same request was committed before, under the same key.</summary>
    Replayed,

    /// <summary>The key belongs to another request.</summary>
    KeyReused,

    /// <summary>The key was used too long ago to be answered again.</summary>
    KeyExpired,

    /// <summary>It has more recipients than the caller is allowed in a whole day.</summary>
    NeverWithinLimit,

    /// <summary>Its times are wrong: it was due long ago, or would expire before some of its recipients may be texted.</summary>
    Untimely,

    /// <summary>Its estimate is above what the request allows, or is not known.</summary>
    TooExpensive,

    /// <summary>The same text to the same list was accepted within a day, and the request does not confirm that it is meant.</summary>
    Repeated,

    /// <summary>It is a test, and its number has opted out.</summary>
    OptedOut,

    /// <summary>The caller has sent to too many people today.</summary>
    OverLimit,

    /// <summary>It may cost more than is left of the caller's budget of the month.</summary>
    OverBudget,

    /// <summary>The caller has sent too many tests.</summary>
    TooManyTests,

    /// <summary>Storage refused or was away before anything was written: the broadcast does not exist.</summary>
    NotCommitted,

    /// <summary>Storage would not say.</summary>
    Unknown,
}
