using System.Text.RegularExpressions;

namespace BulkSms.OptOuts.Wording;

/// <summary>What stands beneath a text: what a phone or mail program adds, and the name of who wrote it.</summary>
internal static partial class Signature
{
    private const int Timeout = 1000;

    /// <summary>A clean text without what was added by no person.</summary>
    public static string WithoutDevice(string clean)
    {
        var delimited = Delimiter().Match(clean) is { Success: true } delimiter ? clean[..delimiter.Index] : clean;
        var text = HasWords(delimited) ? delimited : clean;
        return Device().Match(text) is { Success: true } device && HasWords(text[..device.Index]) ? text[..device.Index] : text;
    }

    /// <summary>A clean text without the name, number or address that it ends with; null when it ends with none.</summary>
    public static string? WithoutName(string clean)
    {
        var text = clean.TrimEnd();
        for (var cut = 0; cut < MaxLines; cut++)
        {
            var name = Name().Match(text);
            if (!name.Success || !HasWords(text[..name.Index]) || SaysSomething(name.Value))
            {
                return cut == 0 ? null : text;
            }

            text = text[..name.Index].TrimEnd();
        }

        return text;
    }

    private const int MaxLines = 3;

    private static bool HasWords(string text) => text.AsSpan().IndexOfAnyExceptInRange('\0', ' ') >= 0 && text.Any(char.IsLetter);

    private static bool SaysSomething(string name) => NoName().IsMatch(name);

    // Two dashes on a line of their own, and all beneath.
    [GeneratedRegex(@"\n[ ]*(?:--+|__+|\*\*\*+|==+)[ ]*(?:\n|$)", RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Delimiter();

    [GeneratedRegex(
        @"(?:\n[^\n]{0,40}\b(?:iphone|ipad|android|galaxy|samsung|huawei|xiaomi|redmi|oppo|nokia|motorola|pixel|oneplus|blackberry|outlook|yahoo|gmail|t-mobile|verizon|at&t|windows phone|smartphone|proton ?mail|handy)\w*[^\n]{0,40}"
        + @"|\s[\[(]?(?:sent|send) (?:from|via|by|with|using) (?:my )?(?:iphone|ipad|android|galaxy|samsung|mobile|phone|smartphone|cell|blackberry|pixel|outlook|yahoo|gmail|mail)\b[^\n]{0,40}"
        + @"|\s(?:get outlook for|von meinem (?:iphone|ipad|handy|smartphone|samsung|android|mobil)|gesendet (?:von|mit|via)|enviado (?:desde|do meu|de mi|pelo|via|a partir)|envoye\p{M}* (?:de|depuis|a\p{M}* partir)|inviato (?:da|dal)|verzonden (?:vanaf|met|via)|verstuurd (?:vanaf|met|via)|skickat fra\p{M}*n|sendt fra|wys\w+ z|odesla\p{M}*no z|отправлено с|надіслано з)\b[^\n]{0,60}"
        + @"|\s?(?:iphone|ipad|android)から送信|\s?[从從發发]\w{0,4} ?(?:iphone|ipad|android) ?\w{0,3})[\s.\])]*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Timeout)]
    private static partial Regex Device();

    // On a line of its own, after a dash, or after a full stop or thanks with a capital: up to three words. A line of digits is a telephone number, one with @ an address.
    [GeneratedRegex(
        @"(?:\n[ ]*[-\u2013\u2014~]*[ ]*(?:(?:\p{Lu}[\p{L}\p{M}'.]*|\p{Ll}[\p{L}\p{M}']+$)(?:[ ]+\p{Lu}[\p{L}\p{M}'.-]*){0,2}|[+(]?[\d][\d ().\-/]{5,20}|\S+@\S+\.\S+)"
        + @"|(?:\s|[.!,])(?:[-~]{1,3}|[\u2013\u2014])[ ]*(?:\p{Lu}[\p{L}\p{M}'.]*(?:[ ]+\p{Lu}[\p{L}\p{M}'.-]*){0,2}|\p{Ll}[\p{L}\p{M}']+)"
        + @"|[.!,][ ]+\p{Lu}[\p{L}\p{M}'.]*(?:[ ]+\p{Lu}[\p{L}\p{M}'.-]*){0,2}"
        + @"|(?<=\b(?i:thanks|thank you|thx|regards|cheers|sincerely|best|gracias|saludos|danke|lg|vg|mfg|gru\w+|merci|cordialement|obrigad[oa]|abs|att|grazie|saluti|bedankt|groet\w*|mvg|dank|tack|mvh|hilsen))[, ]+\p{Lu}[\p{L}\p{M}'.]*(?:[ ]+\p{Lu}[\p{L}\p{M}'.-]*){0,2})[\s.!]*$",
        RegexOptions.CultureInvariant,
        Timeout)]
    private static partial Regex Name();

    // A capital makes no name of a word that says something.
    [GeneratedRegex(
        @"\b(?:who|whos|what|whats|why|when|where|how|yes|yeah|yep|no|not|it|its|this|that|these|those|the|a|an|and|or|but|you|your|i|im|me|my|we|us|our|they|them|he|she|is|are|am|was|were|be|do|does|did|dont|don't|can|can't|could|will|won't|would|should|if|so|as|at|by|in|on|of|for|to|from|with|until|unless|except|only|just|then|now|later|today|tomorrow|tonight|asking|wait|go|going|start|stop|lol|haha|ok|okay|please|hammer|time|sign|work|working|thief|hey|hi|love|want|need|come|back|here|there|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|maybe|never|always|ja|nein|nicht|wer|warum|oui|non|pas|si|sim|na\p{M}*o|quie\p{M}*n|que|pourquoi|quand|perche\p{M}*|chi|nee|niet|wie|wat)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Timeout)]
    private static partial Regex NoName();
}
