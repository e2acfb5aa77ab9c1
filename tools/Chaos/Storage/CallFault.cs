namespace BulkSms.Chaos.Storage;

/// <summary>What the proxy does to a call.</summary>
public enum StorageFaultKind
{
    None,

    /// <summary>The call never reaches storage; the connection breaks.</summary>
    CutBefore,

    /// <summary>The call is applied, and the connection breaks before the answer.</summary>
    ApplyThenCut,

    /// <summary>The call never reaches storage; the answer is 503.</summary>
    BusyBefore,

    /// <summary>The call is applied, and the answer is 503.</summary>
    ApplyThenBusy,

    /// <summary>The call is held, then applied and answered.</summary>
    DelayBefore,

    /// <summary>The call is applied, and the answer is held.</summary>
    DelayAfter,
}

/// <summary>A fault and, for a delay, how long.</summary>
public readonly record struct CallFault(StorageFaultKind Kind, TimeSpan Delay = default)
{
    public static implicit operator CallFault(StorageFaultKind kind) => new(kind);
}
