namespace BulkSms.OptOuts.Wording;

/// <summary>What people of every language text: the English keywords are printed on our messages.</summary>
internal static class Universal
{
    /// <summary>Words that mean it in every language, alone or with its courtesy.</summary>
    public static readonly string[] Words =
    [
        "stop", "stop all", "stopall", "stop sms", "stop messages", "sms stop", "stop2end", "stop 2 end", "stop to (end|quit|opt out|optout|unsubscribe|cancel)", "stop2quit", "stop 2 quit",
        "opt out", "optout", "opt out stop",
        "unsubscribe", "unsubscribe me", "unsub", "unsub me", "un subscribe", "unsubcribe", "unsuscribe", "unsubscribed", "unsubscibe", "unsubsribe", "unsubscrib", "unsubsribe", "unsusbcribe", "unscribe",
        "unsubscription", "unsubscribe all", "st0p", "stp", "sotp", "stpo",
    ];

    /// <summary>Courtesy that is understood everywhere.</summary>
    public static readonly string[] Courtesy =
    [
        ",", "please", "pls", "plz", "thanks", "thank you", "thx", "ty", "ok", "okay", "hi", "hello", "hi _ ,", "hello _ ,", "now", "asap", "sorry",
    ];

    /// <summary>Words that a text to us begins with only when it is about stopping, but for the idioms below.</summary>
    public static readonly string[] Beginnings =
    [
        "stop", "stopp", "stopall", "unsubscribe", "unsub", "un subscribe", "unsubcribe", "unsuscribe", "unsubscibe", "optout", "opt out", "стоп", "στοπ",
    ];

    /// <summary>What may stand before them.</summary>
    public static readonly string[] BeforeBeginnings =
    [
        ",", "please", "pls", "plz", "kindly", "hi", "hello", "hey", "ok", "okay", "just", "bitte", "por favor", "svp", "stp", "sil vous plait", "per favore", "hi _ ,", "hello _ ,", "hey _ ,",
    ];

    /// <summary>Beginnings that are about something else.</summary>
    public static readonly string[] Idioms =
    [
        "stop (by|in|over|at|off|here|there|sign|signs|light|lights|motion|watch|gap|press|shop)", "stop and (shop|go|eat|get|pick|buy|see|say|think|smell)",
    ];
}
