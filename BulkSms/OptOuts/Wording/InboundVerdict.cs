namespace BulkSms.OptOuts.Wording;

/// <summary>What a text to us asks for.</summary>
public enum InboundVerdict
{
    /// <summary>Nothing that concerns opt-outs.</summary>
    None,

    /// <summary>No more texts.</summary>
    OptOut,

    /// <summary>Texts again.</summary>
    OptIn,

    /// <summary>Perhaps no more texts: a person decides.</summary>
    Review,
}
