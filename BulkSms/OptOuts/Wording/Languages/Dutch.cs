namespace BulkSms.OptOuts.Wording.Languages;

/// <summary>Dutch.</summary>
internal static class Dutch
{
    private static readonly (string, string)[] Classes =
    [
        ("sms", "(sms|smsjes|smsje|sms'jes|sms'en|smsen|bericht|berichten|berichtje|berichtjes|tekstberichten|reclame|reclames|spam|meldingen|aanbiedingen|mails|appjes|reclameberichten|advertenties|nieuwsbrief|nieuwsbrieven|zooi|onzin|herinneringen)"),
        ("det", "deze|dit|die|dat|de|het|al|al die|al deze|jullie|uw|je|geen|verdere|meer|nog meer|ongewenste|zulke|van jullie|van u|met|van|met die|met deze|met dit|met het|alle"),
        ("sturen", "(sturen|versturen|zenden|verzenden|toesturen|schrijven|lastigvallen|lastig te vallen|contacteren|benaderen|mailen|spammen|appen|bellen|contact opnemen|berichten|verstuurd)"),
        ("mij", "mij|me|ons"),
        ("num", "(mijn|dit|ons) (nummer|telefoonnummer|mobiele nummer|06 nummer|naam|gegevens|contact|mobiel)"),
        ("lijst", "(van|uit|voor|in|op) [jullie|uw|de|het|deze|dit|je|al jullie] (lijst|lijsten|bestand|bestanden|systeem|database|verzendlijst|mailinglijst|mailinglist|adressenlijst|contacten|contactenlijst|adresboek|smslijst|sms lijst|nieuwsbrief|dienst|service|groep|<sms>|verzending)"),
        ("meer", "meer|nooit meer|a u b|aub|alsjeblieft|alstublieft|nu|direct|onmiddellijk|per direct|aan mij|naar mij|naar mijn nummer|op dit nummer|naar dit nummer|naar <num>|op mijn telefoon|in de toekomst|van jullie|van u|voortaan"),
        ("u", "u|je|jullie"),
        ("af", "afmelden|uitschrijven|verwijderen|stoppen|afgemeld worden|uitgeschreven worden|verwijderd worden|van <lijst> halen|afmeld|schrappen"),
    ];

    public static readonly Language Value = new()
    {
        Code = "nl",
        Classes = Classes,
        Words = ["stoppen", "afmelden", "uitschrijven", "afmelding", "uitschrijving", "ophouden", "opzeggen sms", "afmelden sms", "stop ermee", "stop hiermee", "stop daarmee", "stopt"],
        Requests =
        [
            "(stop|stoppen|stopt) [<u>] (ermee|hiermee|daarmee|met (dit|deze|die|<sms>|[het] <sturen>)|[<det>] [<det>] <sms>|[met] [het] [mij|me] <sturen>) [van] [<det>] [<det>] [<sms>] [<sturen>] [<meer>]", "(stop|stoppen|stopt) (met|met het) [<mij>] [<det>] [<det>] [<sms>] [te] <sturen> [van] [<det>] [<sms>] [<meer>]", "(ik wil|ik zou [graag]|graag|wil|wilt u|wil je|willen jullie|kunt u|kun je|kunnen jullie|zou u|zouden jullie|gelieve|ik wens|zou je|ik verzoek u) [<mij>|<num>] [graag|willen|alsjeblieft|alstublieft|aub] [<mij>|<num>] [<lijst>] [voor (dit|deze) <sms>] [willen] <af> [<lijst>] [?]",
            "(<mij>|<num>) [graag|aub|alsjeblieft] [<lijst>] [graag|aub] <af> [<lijst>]", "(schrijf|schrijft) [<u>] (<mij>|<num>) [aub|alsjeblieft] [uit|<lijst>] [uit]", "(meld) [<u>] (<mij>|<num>) [aub|alsjeblieft] [<lijst>] af [<lijst>]", "(haal|haalt|gooi|verwijder|verwijdert|wis|schrap|haal) [<u>] (<mij>|<num>) [aub|alsjeblieft] (<lijst>|van <lijst>|af|weg|eraf|eruit) [af|uit]", "(verwijder|verwijdert|wis) [<u>] (<mij>|<num>) [<meer>]", "ik (meld|schrijf) <mij> [hierbij|bij deze] [<lijst>] (af|uit) [<lijst>]", "hierbij (meld|schrijf) ik <mij> (af|uit)",
            "(stuur|stuurt|sturen|app|sms|contacteer|benader|benadert|zend|mail|bericht|val) [<u>] [<mij>] [aub|alsjeblieft|alstublieft] (geen|niet|niets|niks|nooit) [meer] [<det>] [<sms>] [lastig] [<meer>] [<meer>]", "[aub|alsjeblieft] (geen|niet) [<det>] <sms> [meer] [<sturen>] [<meer>]", "geen [<det>] <sms> [<meer>] [<sturen>]", "(mij|me) (niet|geen <sms>|niets) [meer] <sturen>", "niet meer (<sturen>|sms'en|smsen|appen) [<meer>]",
            "[ik] (wil|wens|hoef) [graag] (geen|niet|niks|niets) [meer] [van (jullie|u)] [<det>] [<sms>] [meer] [van (jullie|u)] (ontvangen|krijgen|hebben|benaderd worden|gecontacteerd worden|gestoord worden|lastiggevallen worden|horen)", "ik wil (geen|niet) <sms> [meer]", "[ik] wil (dit|deze <sms>) niet [meer] [ontvangen|krijgen|hebben]", "laat (me|mij) [aub|alsjeblieft] met rust", "(hou|houd|houdt) [<u>] (op|ermee op|hiermee op|op met <sturen>|op met [<det>] <sms>)", "(kunt u|kun je|kunnen jullie|willen jullie|wilt u) [hiermee|ermee|daarmee] [aub] (stoppen|ophouden) [?]",
        ],
        Courtesy =
        [
            "alsjeblieft", "alstublieft", "aub", "a u b", "ajb", "svp", "graag", "bedankt", "bedankt alvast", "alvast bedankt", "dank", "dank (je|u)", "dank (je|u) wel", "dankjewel", "dankuwel", "bvd", "hartelijk dank", "hallo", "hallo _ ,", "hoi", "hoi _ ,", "beste", "beste _ ,", "goedemorgen", "goedemiddag", "goedenavond", "goedendag", "dag", "oke", "oké", "nu", "meteen", "direct", "onmiddellijk", "per direct", "en", "dus", "ook", "dan", "gewoon", "groeten", "groetjes", "groet", "mvg", "met vriendelijke groet", "gr", "fijne dag [nog]", "mevrouw", "meneer", "sorry",
            "[u (heeft|hebt)|je hebt|jullie hebben|dit is] [het|een] (verkeerd|verkeerde|foute|fout) (nummer|persoon)", "verkeerd verbonden", "ik ben [niet] _ [niet] (,|en|aub)", "dit is niet [het nummer van] _ [_] (,|en|aub)", "[ik heb] geen interesse [meer]", "[ik ben] niet [meer] geïnteresseerd", "ik ken (u|je|jullie) niet", "wie (is dit|bent u|ben je) [?]", "nee [,]", "nee (dank je|dank u|bedankt|dankje)", "dit is spam", "(erg|heel) (irritant|vervelend)", "het is (genoeg|irritant)", "genoeg", "ik heb me nooit aangemeld", "ik heb hier niet om gevraagd", "anders (meld ik dit|doe ik aangifte)",
        ],
        Unclear =
        [
            "(gevraagd|gezegd|verzocht|aangegeven) [om] [hiermee|ermee|daarmee] (te stoppen|stop|uit te schrijven|af te melden|op te houden|mij te verwijderen|mij uit te schrijven|mij af te melden)", "(krijg|ontvang|kreeg) [ik] [nog (steeds|altijd)|weer|alweer] (nog (steeds|altijd)|weer|alweer|steeds) [<det>] [<det>] (<sms>|dit)", "nog (steeds|altijd) [<det>] [<det>] <sms>", "(blijf|blijven|blijft) [<mij>|ik] [<det>] [<det>] (<sms>|sturen|krijgen|ontvangen|lastigvallen)", "(al|reeds) (afgemeld|uitgeschreven|opgezegd)", "(geen|niet) [<det>] <sms> meer", "stuur (me|mij) (geen|niet)", "(aangifte|consumentenbond|spamklacht|lastiggevallen|intimidatie)", "laat me met rust", "(haal|verwijder) (mijn|dit) nummer",
        ],
        UnclearAlone =
        [
            "hoe (kan|meld|schrijf|kom) ik (<mij>|hier|hiervan|van (deze|dit|die) <sms>|van deze lijst) [<lijst>|vanaf] [afmelden|uitschrijven|af|uit]", "[u (heeft|hebt)|je hebt|dit is] [het|een] (verkeerd|verkeerde) (nummer|persoon)", "verkeerd verbonden", "ja [,] stop", "ik wil dit niet", "genoeg",
        ],
        Negations = ["niet", "nooit", "geen", "niemand"],
    };
}
