namespace BulkSms.OptOuts;

/// <summary>
/// The words that mean "no more texts", in capitals. A text counts when it is one of them, once or repeated, and nothing else: a word within a sentence may mean
/// anything. What people write instead is listed by language in <see cref="Wording"/>. More can be had from Twilio itself: Advanced Opt-Out tells us its verdict
/// (<c>OptOutType</c>), in any language that is set up there.
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
}
