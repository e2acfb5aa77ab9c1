namespace BulkSms.OptOuts.Wording.Languages;

/// <summary>Italian.</summary>
internal static class Italian
{
    private static readonly (string, string)[] Classes =
    [
        ("sms", "(messaggio|messaggi|messaggini|sms|pubblicità|spam|promozioni|promozione|offerte|notifiche|comunicazioni|avvisi|email|testi|promo|annunci) [pubblicitari|promozionali|vostri|del genere|di questo tipo|da voi|da parte vostra|indesiderati]"),
        ("det", "i|gli|le|la|lo|il|questi|questa|questo|queste|vostri|vostre|vostra|altri|altre|altro|tutti|tutta|i vostri|le vostre|la vostra|questi vostri|tutti questi|nessun|più|con|con i|con questi|con la|con le|con gli|di|dei|della|delle|suoi|tuoi|i tuoi|nulla|niente|tutti i"),
        ("mi", "(scrivermi|mandarmi|inviarmi|contattarmi|disturbarmi|tormentarmi|messaggiarmi|mandare|inviare|scrivere|disturbare|contattare|importunarmi|molestarmi|spammarmi|chiamarmi|rompere|assillarmi|mandarci|inviarci)"),
        ("imp", "(mandatemi|inviatemi|scrivetemi|contattatemi|disturbatemi|inviarmi|mandarmi|scrivermi|contattarmi|disturbarmi|mandate|inviate|scrivete|mandarci|inviateci|mandami|inviami|scrivermi|scrivimi|contattarmi|disturbate|mandare|inviare|mandateci|chiamatemi)"),
        ("mai", "più|mai più|mai|per favore|grazie|subito|immediatamente|ora|adesso|a questo numero|al mio numero|su questo numero|in futuro|qui|nulla|niente"),
        ("num", "(il mio|questo|mio) (numero|contatto|nome|cellulare|telefono|numero di (telefono|cellulare))|i miei dati"),
        ("lista", "(dalla|dalle|dal|dai|da|della) [vostra|vostre|vostro|vostri|tua|sua|questa|tutte le vostre] (lista|liste|elenco|elenchi|database|rubrica|mailing list|newsletter|contatti|archivio|archivi|sistema|servizio|lista (contatti|sms|di distribuzione)|gruppo|<sms>)"),
        ("via", "(cancellami|cancellatemi|cancellarmi|cancellateci|eliminatemi|eliminami|eliminarmi|rimuovetemi|rimuovimi|rimuovermi|toglietemi|toglimi|togliermi|levatemi|levami|disiscrivetemi|disiscrivimi|disiscrivermi|disiscrivere|escludetemi|depennatemi)"),
        ("togli", "(cancellate|cancella|cancelli|cancellare|eliminate|elimina|elimini|eliminare|rimuovete|rimuovi|rimuova|rimuovere|togliete|togli|tolga|togliere|levate|leva)"),
        ("basta", "smettetela|smettila|smettete|smetti|smetta|smetterla|smettere|finitela|finiscila|piantatela|piantala|basta|cessate|fermatevi|finitela|evitate|stop|la smetta|la smetti|la smettete"),
    ];

    public static readonly Language Value = new()
    {
        Code = "it",
        Classes = Classes,
        Words = ["ferma", "fermate", "fermatevi", "fermati", "basta", "smettila", "smettetela", "smettete", "cancellami", "cancellatemi", "cancellati", "disiscrivimi", "disiscrivetemi", "disiscrizione", "disiscrivi", "disiscrivermi", "cancellarmi", "finitela", "annulla iscrizione", "rimuovimi"],
        Requests =
        [
            "<basta> [ora|subito|per favore] (di|con|da) <mi> [<det>] [<det>] [<sms>] [<mai>] [<mai>]", "<basta> [con|di] [<det>] [<det>] <sms> [<mai>]", "<basta> (ora|subito|per favore|per cortesia)", "(fermate|ferma|interrompete|sospendete|stop|bloccate) [<det>] [<det>] <sms> [<mai>]", "(niente|no|nessun) [<det>] <sms> [<mai>]", "non più <sms>",
            "non <imp> [<mai>] [<det>] [<det>] [<sms>] [<mai>]", "non mi (mandate|scrivete|inviate|contattate|disturbate|scriva|mandi|invii|contatti|disturbi|mandare|scrivere|inviare) [<mai>] [<det>] [<det>] [<sms>] [<mai>]",
            "non (voglio|desidero|vorrei|intendo) [più] (ricevere|essere (contattato|contattata|disturbato|disturbata)|<det> <sms>|sentirvi|<sms>) [più] [<det>] [<det>] [<sms>] [<mai>]", "[vorrei|voglio|desidero|chiedo di|chiedo|prego di|vi prego di|potete|può|potreste|puoi|potrebbe|potete per favore] <via> [<lista>] [<mai>] [?]", "(mi) (cancelli|cancellate|cancella|tolga|togliete|togli|rimuova|rimuovete|elimini|eliminate|disiscriva|disiscrivete|levi|levate) [<lista>] [<mai>]",
            "[potete|può|potreste|puoi|potrebbe] <togli> <num> [<lista>] [<mai>] [?]", "(vorrei|voglio|desidero|chiedo di) (essere (cancellato|cancellata|rimosso|rimossa|tolto|tolta|eliminato|eliminata)|smettere di ricevere [<det>] <sms>|non ricevere più [<det>] [<sms>]|disiscrivermi|uscire) [<lista>]", "mi (disiscrivo|cancello|tolgo) [<lista>]", "(lasciatemi|lasciami|mi lasci|mi lasciate) (in pace|stare|tranquillo|tranquilla)", "(potete|può|potreste|puoi|potrebbe) (smettere|smetterla) [di <mi>] [<det>] [<sms>] [?]", "cancellazione <lista>",
        ],
        Courtesy =
        [
            "per favore", "per piacere", "perfavore", "x favore", "per cortesia", "cortesemente", "grazie", "grazie (mille|tante|infinite|anticipatamente)", "molte grazie", "salve", "ciao", "ciao _ ,", "buongiorno", "buon giorno", "buonasera", "buona sera", "ok", "subito", "ora", "adesso", "immediatamente", "e", "o", "quindi", "allora", "anche", "gentili signori", "cordiali saluti", "distinti saluti", "saluti", "vi prego", "ti prego", "la prego", "prego", "scusate", "scusi", "davvero", "una volta per tutte",
            "[è|avete il|ha il|questo è il] [un] numero (sbagliato|errato)", "(avete|ha|hai) sbagliato (numero|persona)", "non sono _ [_] (,|per favore|e|grazie)", "non (vi|la|ti) conosco", "chi (sei|siete|è) [?]", "non (sono interessato|sono interessata|mi interessa|m'interessa|mi interessano)", "non interessato", "non interessata", "no (grazie|,)", "(è|questo è) (spam|stalking|molestia)", "non mi sono mai (iscritto|iscritta)", "non ho mai dato il consenso", "(sono stufo|sono stufa|mi avete stufato|mi avete stancato|che palle)", "altrimenti (vi denuncio|denuncio|vi segnalo)", "vi (denuncio|segnalo|blocco)",
        ],
        Unclear =
        [
            "(chiesto|detto|pregato|scritto) [già|più volte] (di|che) (smettere|smetterla|smetteste|cancellarmi|togliermi|rimuovermi|non scrivermi|non mandarmi|non contattarmi|basta|stop)", "(ricevo|riceviamo|arrivano|sto ricevendo) (ancora|sempre|continuamente) [<det>] [<det>] [<sms>]", "continuo a ricevere", "continuate a (mandarmi|scrivermi|inviarmi|disturbarmi|contattarmi|mandare)", "già (cancellato|cancellata|disiscritto|disiscritta)", "mi sono [già] (cancellato|cancellata|disiscritto|disiscritta)", "(denuncio|denunciare|garante|avvocato|stalking|molestie)", "(smettetela|smettila|smettete|smetti) di <mi>", "non voglio [più] [ricevere] [<det>] [<det>] <sms>", "non (mandatemi|scrivetemi|contattatemi|inviatemi)", "<togli> <num>", "lasciatemi in pace",
        ],
        UnclearAlone =
        [
            "come (faccio a|posso|mi|si fa a|faccio per) (disiscrivermi|cancellarmi|disiscrivo|cancello|togliermi|non ricevere più [<det>] [<sms>]|disiscriversi) [<lista>]", "[è|avete il] [un] numero (sbagliato|errato)", "(avete|ha|hai) sbagliato (numero|persona)", "(annulla|annullare|cancella|cancellare) [la|l] (iscrizione|l'iscrizione|mia iscrizione)", "(sì|si) [,] (stop|basta)", "non voglio questo", "non (ne) voglio più",
        ],
        Negations = ["non", "mai", "nessuno"],
    };
}
