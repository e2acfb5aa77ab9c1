using System.Collections.Frozen;

namespace BulkSms.OptOuts;

/// <summary>
/// The words that mean "no more texts", in capitals. A text counts when it is one of them and nothing else: a word within a sentence may mean
/// anything. More can be had from Twilio itself: Advanced Opt-Out tells us its verdict (<c>OptOutType</c>), in any language that is set up there.
/// </summary>
public static class OptOutWords
{
    /// <summary>Keywords by language (ISO 639). English: those that Twilio acts upon.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Stop = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["en"] = ["STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "END", "QUIT", "REVOKE", "OPTOUT", "CANCEL", "TD"],
        ["es"] = ["PARAR", "ALTO", "BAJA", "CANCELAR", "DETENER", "DAR DE BAJA", "NO MAS", "NO MÁS"],
        ["fr"] = ["ARRET", "ARRÊT", "ARRETT", "ARRETE", "ARRÊTE", "ARRETER", "ARRÊTER", "ARRETEZ", "ARRÊTEZ", "STOP SMS", "DESABONNER", "DÉSABONNER", "DESINSCRIRE", "DÉSINSCRIRE", "DESINSCRIPTION", "DÉSINSCRIPTION"],
        ["de"] = ["STOPP", "ABMELDEN", "ABBESTELLEN"],
        ["pt"] = ["PARE", "PARAR", "SAIR", "CANCELAR", "REMOVER", "DESCADASTRAR"],
        ["it"] = ["FERMA", "BASTA", "ANNULLA", "CANCELLAMI", "CANCELLATI", "DISISCRIVIMI"],
        ["nl"] = ["STOPPEN", "AFMELDEN", "UITSCHRIJVEN"],
        ["pl"] = ["WYPISZ", "REZYGNUJE", "REZYGNUJĘ"],
        ["sv"] = ["STOPP", "AVSLUTA", "AVREGISTRERA"],
        ["da"] = ["AFMELD", "FRAMELD"],
        ["nb"] = ["STOPP", "AVSLUTT", "AVMELD"],
        ["fi"] = ["LOPETA"],
        ["cs"] = ["ODHLASIT", "ODHLÁSIT"],
        ["tr"] = ["RET", "IPTAL", "İPTAL", "DURDUR"],
        ["ro"] = ["DEZABONARE"],
        ["ru"] = ["СТОП", "ОТПИСАТЬСЯ", "ОТПИСКА"],
        ["uk"] = ["СТОП", "ВІДПИСАТИСЯ"],
        ["el"] = ["ΣΤΟΠ", "ΔΙΑΓΡΑΦΗ", "ΔΙΑΓΡΑΦΉ"],
        ["ar"] = ["توقف", "قف", "إيقاف", "ايقاف", "إلغاء", "الغاء"],
        ["he"] = ["הסר", "הסרה"],
        ["hi"] = ["रोकें", "बंद करें"],
        ["id"] = ["BERHENTI", "UNREG"],
        ["vi"] = ["DỪNG", "HỦY"],
        ["zh"] = ["停止", "退订", "退訂", "取消订阅", "取消訂閱"],
        ["ja"] = ["停止", "配信停止", "ストップ"],
        ["ko"] = ["수신거부", "중지"],
    };

    /// <summary>Taking it back. Twilio takes YES as well, but a YES may answer anything: then the number stays on our list until START comes.</summary>
    public static readonly IReadOnlyList<string> Start = ["START", "UNSTOP"];

    /// <summary>Free wording, which Twilio does not catch, but the law (FCC, 47 CFR 64.1200) counts. Apostrophes are left out.</summary>
    public static readonly FrozenSet<string> Phrases = FrozenSet.Create(
        StringComparer.Ordinal,
        "STOP", "STOP IT", "STOP THIS", "UNSUBSCRIBE", "UNSUBSCRIBE ME", "I WANT TO UNSUBSCRIBE", "OPT OUT", "OPT ME OUT", "I OPT OUT", "I WANT TO OPT OUT", "I WISH TO OPT OUT",
        "REMOVE", "REMOVE ME", "REMOVE MY NUMBER", "DELETE MY NUMBER", "REMOVE ME FROM YOUR LIST", "REMOVE ME FROM THE LIST", "REMOVE ME FROM THIS LIST",
        "TAKE ME OFF", "TAKE ME OFF YOUR LIST", "TAKE ME OFF THE LIST", "TAKE ME OFF THIS LIST", "TAKE MY NUMBER OFF YOUR LIST",
        "STOP TEXTING", "STOP TEXTING ME", "STOP MESSAGING", "STOP MESSAGING ME", "STOP CONTACTING ME", "STOP SPAMMING ME",
        "STOP SENDING ME MESSAGES", "STOP SENDING ME TEXTS", "STOP SENDING ME SMS", "STOP SENDING ME THIS", "STOP SENDING MESSAGES", "STOP SENDING TEXTS",
        "STOP THESE MESSAGES", "STOP THESE TEXTS", "STOP ALL MESSAGES", "STOP ALL TEXTS",
        "DO NOT TEXT ME", "DONT TEXT ME", "DO NOT MESSAGE ME", "DONT MESSAGE ME", "DO NOT CONTACT ME", "DONT CONTACT ME", "DO NOT SEND ME MESSAGES", "DONT SEND ME MESSAGES",
        "NO MORE TEXTS", "NO MORE MESSAGES", "NO MORE SMS");

    /// <summary>What may stand before a phrase.</summary>
    public static readonly FrozenSet<string> Before = FrozenSet.Create(StringComparer.Ordinal, "PLEASE", "PLS", "PLZ", "KINDLY", "HI", "HELLO", "HEY", "OK", "OKAY", "JUST");

    /// <summary>What may stand after a phrase.</summary>
    public static readonly FrozenSet<string> After = FrozenSet.Create(
        StringComparer.Ordinal, "PLEASE", "PLS", "PLZ", "NOW", "AGAIN", "ANYMORE", "EVER", "IMMEDIATELY", "ASAP", "THANKS", "THX", "THANK", "YOU");
}
