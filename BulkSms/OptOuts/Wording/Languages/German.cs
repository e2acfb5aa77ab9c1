namespace BulkSms.OptOuts.Wording.Languages;

/// <summary>German, with umlauts and without.</summary>
internal static class German
{
    private static readonly (string, string)[] Classes =
    [
        ("sms", "[werbe|spam|nervigen|lästigen|blöden|unerwünschten|unerwünschte|weitere|weiteren] (sms|smsen|smse|nachricht|nachrichten|textnachrichten|werbung|werbesms|werbenachrichten|mitteilungen|mitteilung|texte|spam|infos|newsletter|angebote|benachrichtigungen|meldungen|mails|kurznachrichten|scheiß|mist|quatsch|müll|erinnerungen)"),
        ("det", "keine|keinerlei|diese|dieser|diesen|ihre|ihrer|eure|eurer|deine|weitere|weiteren|weiterhin|mehr|solche|solchen|die|den|das|der|jegliche|alle|sämtliche|so viele|irgendwelche|mit|von|vom|den ganzen|diesem"),
        ("was", "das|dies|es|damit|den (mist|scheiß|quatsch)|[<det>] [<det>] [<det>] <sms>"),
        ("wer", "sie|ihr|du"),
        ("mich", "mich|mir|uns"),
        ("nummer", "(meine|diese|unsere) (nummer|handynummer|telefonnummer|mobilnummer|rufnummer|daten|adresse)|meinen (namen|kontakt|eintrag)|mein handy"),
        ("liste", "[aus|von|auf|in|vom|im|beim] [ihrer|ihrem|eurer|eurem|deiner|deinem|der|dem|dieser|diesem|den|allen|euren|ihren|sämtlichen|allen ihren|allen euren] (liste|listen|verteiler|verteilern|verteilerliste|mailingliste|datenbank|datenbanken|system|kontakten|kontakte|adressbuch|telefonliste|kartei|kundenkartei|smsliste|sms liste|sms verteiler|newsletter|kontaktliste|abo|dienst|gruppe)"),
        ("mehr", "mehr|bitte|ab sofort|sofort|zukünftig|in zukunft|künftig|nie wieder|nicht mehr|endlich|jetzt|umgehend|weiterhin|länger|an (mich|<nummer>|diese nummer)|auf (<nummer>|mein handy)|von (ihnen|euch|dir)|wieder"),
        ("zu", "(zu (schreiben|schicken|senden|simsen|texten|nerven|belästigen|spammen|kontaktieren|versenden|stören)|zuzusenden|anzuschreiben|zuzuschicken|anzurufen)"),
        ("imp", "schreiben|schreibt|schreib|schreibe|schicken|schickt|schick|schicke|senden|sendet|sende|send|texten|textet|texte|simsen|simst|kontaktieren|kontaktiert|kontaktiere|belästigen|belästigt|belästige|nerven|nervt|nerv|stören|stört|anschreiben|zusenden|zuschicken|kontaktiert"),
        ("weg", "löschen|lösch|lösche|löscht|loeschen|loesch|loesche|loescht|entfernen|entferne|entfernt|entfern|streichen|streicht|streich|streiche|nehmen|nehmt|nimm|tragen|tragt|trag|trage|werfen|werft|werf|schmeißen|schmeißt|schmeiß|tilgen"),
        ("raus", "raus|heraus|herunter|runter|aus|ab|weg"),
        ("ab", "abmelden|abbestellen|austragen|abgemeldet werden|ausgetragen werden|gelöscht werden|geloescht werden|gestrichen werden|entfernt werden|löschen|loeschen|entfernen|streichen|herausnehmen|rausnehmen|streichen lassen|löschen lassen|austragen lassen|abmelden lassen"),
    ];

    public static readonly Language Value = new()
    {
        Code = "de",
        Classes = Classes,
        Words = ["stopp", "stoppen", "abmelden", "abmeldung", "abbestellen", "abbestellung", "austragen", "austragung", "aufhören", "aufhoeren", "abmelden stop", "schluss", "widerruf"],
        Requests =
        [
            "(stop|stopp|stoppen|stoppt|stoppe) [<wer>] [bitte|sofort|endlich] [<was>] [<mehr>]", "<was> [bitte] (stoppen|abstellen|einstellen|abbestellen|unterlassen|abschalten)", "(unterlassen|stellen|stellt) [<wer>] [bitte] <was> [ein|ab|sofort ein]",
            "[bitte] [damit|sofort damit|hiermit] (aufhören|aufhoeren|schluss)", "schluss (damit|mit <was>)", "(hören|hört|hör|hoeren|hoert|hoer) [<wer>] [bitte|endlich|sofort] [damit|mit <was>] [endlich|sofort|bitte] auf [damit|mit <was>] [,] [<mich>] [<was>] [<zu>]",
            "[hiermit] [ich] (will|möchte|moechte|wünsche|würde|wuerde|möcht|bitte|bitte darum) [<mich>] [gern|gerne|bitte|hiermit|sofort] [<mich>|<nummer>] [hiermit] [<liste>|von <sms>|von diesem dienst|von <det> <sms>] <ab>", "[ich] [<mich>] [bitte] [<liste>|von <sms>|vom <sms>] <ab>",
            "[hiermit] (ich melde|melde ich|melde) mich [hiermit|bitte] [<liste>|von <sms>] ab", "ich bestelle [hiermit] <was> ab", "(melden|meldet|melde|meld) [<wer>] mich [bitte|sofort] [<liste>|von <sms>] ab", "(tragen|tragt|trag|trage) [<wer>] (mich|<nummer>) [bitte|sofort] [<liste>] aus",
            "<weg> [<wer>] [bitte|sofort] (mich|<nummer>|uns) [bitte|sofort] [<liste>] [<raus>]", "(mich|<nummer>) [bitte] [<liste>] (löschen|loeschen|entfernen|streichen|rausnehmen|austragen|abmelden)", "<nummer> [bitte] (löschen|loeschen|entfernen|streichen)",
            "<imp> [<wer>] [<mich>] [bitte] (nicht|nie|keine|keinen|nichts) [mehr|wieder] [<det>] [<det>] [<sms>] <mehr> [zu|<mehr>] [<mehr>]", "<imp> [<wer>] <mich> [bitte] (nichts|keine <sms>|nicht mehr|keine <det> <sms>) [<mehr>] [zu]",
            "[<mich>] [bitte] (nicht mehr|nie wieder|nie mehr|keine <sms>|keine <sms> mehr|keine <det> <sms> [mehr]|nichts mehr) [<mehr>] [<mehr>] [an <nummer>] (<imp>|senden|schicken|versenden)", "[bitte] keine [<det>] <sms> [mehr|bitte] [<mehr>]", "[bitte] keine [<det>] <sms> mehr [<mehr>]",
            "[ich] (will|möchte|moechte|wünsche|brauche|wollen|wünschen) [von ihnen|von euch|ab sofort] (keine|keinerlei) [<det>] <sms> [mehr] [von ihnen|von euch|von dir|auf mein handy] [bekommen|erhalten|haben|empfangen|kriegen|lesen]",
            "[ich] (will|möchte|moechte|wünsche) (das|<det> <sms>) nicht [mehr] [bekommen|erhalten|haben|empfangen|kriegen]", "[ich] (will|möchte|moechte) (nicht mehr|nichts mehr|nie wieder|keinesfalls mehr) [von (ihnen|euch|dir)] (angeschrieben werden|kontaktiert werden|belästigt werden|hören|genervt werden|benachrichtigt werden|wissen)",
            "(lassen|lasst|lass|laß|laßt) [<wer>] [mich|uns] [bitte|endlich] in (ruhe|frieden)", "ich (widerspreche|widerrufe) [hiermit] [der|dem|meine|meiner|jeder] [(werbung|zusendung|einwilligung|zustimmung|nutzung meiner daten|verwendung meiner daten|erhalt von <sms>)]",
            "(können|könnten|koennten|koennen|kann|kannst|könntest|könnt|könntet|würden|wuerden|würdest|würdet) [<wer>|man] [mich|<nummer>|uns] [bitte] [mich|<nummer>] [<liste>|von <sms>] <ab> [?]", "(können|könnten|kannst|könnt) <wer> [bitte] [damit] (aufhören|aufhoeren) [?]", "[(können|könnten|koennen|kann|kannst|könntest|könnt|würden|würdest) (<wer>|man)] [bitte] (mich|<nummer>) [bitte] <liste> [raus|heraus] (nehmen|herausnehmen|rausnehmen) [?]",
        ],
        Courtesy =
        [
            "bitte", "bidde", "danke", "dankeschön", "danke schön", "danke sehr", "vielen [lieben] dank", "besten dank", "herzlichen dank", "hallo", "hallo _ ,", "guten (tag|morgen|abend)", "moin", "servus", "grüß gott", "hey", "sofort", "endlich", "jetzt", "nochmal", "noch einmal", "mal", "doch", "umgehend", "ab sofort", "sehr geehrte damen und herren", "lieber _ ,", "liebe _ ,", "nun", "hiermit", "einfach", "auch",
            "lg", "vg", "mfg", "viele grüße", "viele grüsse", "mit freundlichen (grüßen|gruessen|grüssen)", "freundliche grüße", "gruß", "liebe grüße", "beste grüße", "gruss", "tschüss", "schönen tag [noch]", "einen schönen tag [noch]",
            "[das ist|sie haben|ihr habt|du hast|hier ist] [die|eine|der] (falsche|falschen|falscher) (nummer|person|empfänger|adressat|anschluss)", "falsch verbunden", "ich bin nicht _ [_] (,|bitte|und)", "ich (kenne|kenn) (sie|euch|dich) nicht", "wer (sind sie|seid ihr|bist du|ist das|ist da) [?]", "kein interesse [mehr]", "ich habe kein interesse [mehr|daran]", "[bin] nicht [mehr] interessiert", "kein bedarf", "nein [,]", "nein danke", "nee",
            "und", "dann", "also", "das nervt", "es nervt", "ihr nervt", "sie nerven", "das ist (spam|belästigung|nervig|werbung)", "sonst (zeige ich (sie|euch) an|anzeige)", "es reicht", "mir reicht es", "mir reichts", "jetzt reichts", "ich habe (mich nie angemeldet|nie etwas bestellt|nichts bestellt|nie zugestimmt|dem nie zugestimmt)", "ich bin (kein kunde|nicht mehr kunde|kein kunde mehr)", "zu viel", "zu viele <sms>",
        ],
        Unclear =
        [
            "(gebeten|gesagt|geschrieben|aufgefordert|gemeldet) [dass|daß] [<wer>] [damit|endlich] (aufhören|aufhoeren|aufhören sollt|aufzuhören|aufzuhoeren|stop|stopp|abzumelden|nicht mehr|keine)", "(aufzuhören|aufzuhoeren|mich abzumelden|mich auszutragen|mich zu löschen)",
            "(bekomme|kriege|erhalte|bekommen|kriegen) [ich|wir] [aber] [immer noch|noch immer|trotzdem|weiterhin|ständig|schon wieder|andauernd|dauernd] (immer noch|noch immer|trotzdem|weiterhin|ständig|schon wieder|andauernd|dauernd) [<det>] [<det>] (<sms>|das|von ihnen|von euch)", "(immer noch|noch immer|trotzdem|weiterhin|ständig|schon wieder|andauernd) [<det>] [<det>] <sms>",
            "habe mich [schon|bereits|längst|doch] [schon|bereits|längst] [abgemeldet|ausgetragen]", "(schon|bereits|längst) (abgemeldet|ausgetragen|abbestellt)", "(will|möchte|moechte|wünsche) [ich] [von _] (keine|nicht mehr) [<det>] <sms>", "(anwalt|anzeige|verbraucherzentrale|bundesnetzagentur|belästigung|datenschutz)", "in ruhe lassen", "lasst mich in ruhe", "lassen sie mich in ruhe", "hört auf", "hören sie auf",
        ],
        UnclearAlone =
        [
            "wie (kann|melde|bestelle|komme|trage) ich (mich|<was>|hier) [<liste>|von <sms>] (abmelden|ab|abbestellen|austragen|aus|raus|stoppen)", "(falsche|falscher) (nummer|empfänger|person)", "(sie haben|ihr habt|du hast|das ist) [die|eine] falsche nummer", "(reicht|genug) [jetzt]", "ja [,] [bitte] (stop|stopp)", "lasst das",
        ],
        Negations = ["nicht", "nie", "kein", "niemand", "niemals"],
    };
}
