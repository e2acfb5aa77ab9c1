namespace BulkSms.OptOuts.Wording.Languages;

/// <summary>French. An apostrophe is as if it were not there: <c>m'envoyer</c> is one word.</summary>
internal static class French
{
    private static readonly (string, string)[] Classes =
    [
        ("sms", "(message|messages|sms|texto|textos|pub|pubs|publicité|publicités|spam|spams|mails|offres|promos|promotions|notifications|alertes|envois|envoi|sollicitations|démarchage|démarchages|textes|conneries|relances|communications) [publicitaire|publicitaires|indésirables|commerciaux|de pub|s'il vous plaît]"),
        ("det", "vos|ces|les|tous|tous les|tous ces|tous vos|ce|cette|le|la|des|tes|de|d|du|de ces|de vos|de tes|l'envoi de|l'envoi des|l'envoi de vos|avec|avec vos|avec ces|autre|autres|d'autres|aucun|aucune|plus de|aux|votre|ton|vos putains de"),
        ("ça", "ça|cela|tout|tout ça|tout cela|ceci|[<det>] [<det>] <sms>"),
        ("stop", "arrêtez|arrêté|arrête|arrêter|arretes|cessez|cesse|cesser|stoppez|stopper|stoppe|stop|finissez"),
        ("moi", "m'envoyer|me contacter|m'écrire|me harceler|me déranger|m'embêter|me spammer|me solliciter|m'importuner|me démarcher|nous envoyer|nous contacter|m'appeler|m'emmerder|me faire chier|me texter|envoyer|harceler|m'adresser"),
        ("plus", "plus|pas|jamais|plus jamais|plus rien|rien"),
        ("dès", "svp|stp|s'il vous plaît|maintenant|immédiatement|tout de suite|de suite|dès maintenant|désormais|à l'avenir|sur (mon|ce) (téléphone|numéro|portable|mobile)|à ce numéro|définitivement|dorénavant|merci"),
        ("num", "[mon|ce|mes|le|notre] (numéro|nom|téléphone|portable|mobile|contact|coordonnées|données|numéro de (téléphone|portable|tel)|06|07)"),
        ("liste", "(de|des|du|dans|sur) [votre|vos|la|cette|ta|tes|toutes vos|toutes les|les|ce|l] (liste|listes|base|bases|base de données|fichier|fichiers|liste (de diffusion|d'envoi|de contacts|de contact|sms|de distribution)|listing|répertoire|contacts|mailing|service|services|envois|newsletter|<sms>|tout)"),
        ("vouloir", "veux|voudrais|souhaite|souhaiterais|désire|désirerais|aimerais|demande à|vous demande de|vous demande à|exige de|préfère"),
        ("ôter", "désabonner|désinscrire|retirer|enlever|supprimer|effacer|rayer|radier|sortir"),
        ("ôtez", "désabonnez|désinscrivez|désabonne|désinscris|désabonner|désinscrire|retirez|retirer|retire|enlevez|enlever|enlève|supprimez|supprimer|supprime|effacez|effacer|efface|ôtez|ôter|rayez|rayer|sortez|virez|dégagez"),
        ("prier", "pouvez vous|pourriez vous|peux tu|pourrais tu|pourrait on|est il possible de|merci de|veuillez|prière de|je vous prie de|je vous demande de|vous demande de|il faut|vous devez|tu dois|je veux que vous"),
    ];

    public static readonly Language Value = new()
    {
        Code = "fr",
        Classes = Classes,
        Words = ["arrêt", "arrêter", "arrêtez", "arrête", "arrett", "désabonner", "désabonnement", "désinscrire", "désinscription", "se désabonner", "me désabonner", "se désinscrire", "me désinscrire", "désabonnez", "résiliation", "arrêt sms", "cessez"],
        Requests =
        [
            "<stop> [svp|immédiatement|maintenant] <ça> [<dès>] [<dès>]", "<stop> [<dès>]", "<stop> (de|d) (<moi>) [<det>] [<det>] [<sms>] [<dès>]", "<stop> (d'envoyer|d'écrire|d'importuner) [<det>] [<det>] [<sms>] [<dès>]", "arrêt [immédiat] [des|de|de vos|de ces|du] <sms>",
            "(ne) (m'envoyez|m'envoie|m'envoyer|m'écrivez|m'écris|m'écrire|me contactez|me contacte|me contacter|me dérangez|me déranger|m'importunez|nous contactez|nous envoyez|m'appelez|me sollicitez|me solliciter|m'adressez|envoyez|envoyer) <plus> [<det>] [<det>] [<sms>] [<dès>] [<dès>]", "(m'envoyez|n'envoyez|m'envoie|n'envoie) <plus> [<det>] [<det>] [<sms>] [<dès>]", "me contactez plus [<dès>]",
            "(ne) <plus> (m'envoyer|me contacter|m'écrire|me déranger|recevoir|envoyer|me solliciter|m'importuner|m'adresser) [<det>] [<det>] [<sms>] [<dès>]", "(plus|pas|plus jamais) (de|d|aucun|aucune) [<det>] <sms> [<dès>]", "aucun <sms> [<dès>]",
            "[je] [ne|n] (veux|souhaite|désire|voudrais|souhaitons) (plus|pas|plus jamais) (recevoir|être (contacté|contactée|sollicité|sollicitée|dérangé|dérangée|démarché|démarchée)|<det> <sms>) [<det>] [<det>] [<sms>] [de votre part|par vous|par <sms>] [<dès>]", "je (ne) (veux|souhaite) plus de <sms>",
            "[je|j] [j'] (<vouloir>|j'aimerais) (me|être) (<ôter>|désabonné|désabonnée|désinscrit|désinscrite|retiré|retirée|supprimé|supprimée|radié|radiée|effacé|effacée|rayé|rayée|enlevé|enlevée) [<liste>] [<dès>]", "j'aimerais (me|être) (<ôter>|désabonné|désabonnée|désinscrit|désinscrite|retiré|retirée) [<liste>]", "je (me) (désabonne|désinscris|désinscrit) [<liste>]", "(demande de|ma demande de) (désabonnement|désinscription)",
            "<ôtez> (moi|nous|<num>) [<dès>] [<liste>] [<dès>]", "me (<ôter>) [<liste>] [<dès>]", "<prier> [bien vouloir|de bien vouloir] (me <ôter>|<ôter> <num>|ne <plus> (m'envoyer|me contacter|m'écrire|me déranger|envoyer|me solliciter) [<det>] [<det>] [<sms>]|arrêter [<ça>]|arrêter (de|d) <moi> [<det>] [<sms>]|cesser [<ça>]|cesser (de|d) <moi> [<det>] [<sms>]|cesser d'envoyer [<det>] [<sms>]) [<liste>] [<dès>] [?]",
            "(laissez|laisse|fichez|foutez|fous|lâchez) (moi|nous) (tranquille|en paix|la paix|tranquilles)", "(merci|prière|je vous demande|je vous prie) (d'arrêter|de cesser|d'arreter) [<ça>|(de|d) <moi> [<det>] [<det>] [<sms>]] [<dès>]", "(merci|prière|je vous demande|je vous prie) (d'arrêter|de cesser) d'envoyer [<det>] [<det>] [<sms>] [<dès>]", "(pouvez vous|pourriez vous) (m'ôter|m'enlever|m'effacer) [<liste>] [?]", "(m'ôter|m'enlever|m'effacer) <liste>",
        ],
        Courtesy =
        [
            "svp", "stp", "s'il vous plaît", "s'il te plaît", "sil vous plait", "merci", "merci (beaucoup|bien|d'avance|par avance|à vous|de votre compréhension)", "mrc", "bonjour", "bonjour _ ,", "bonsoir", "salut", "salut _ ,", "coucou", "ok", "maintenant", "tout de suite", "immédiatement", "de suite", "cordialement", "bien cordialement", "bien à vous", "salutations", "bonne (journée|soirée)", "madame", "monsieur", "madame monsieur", "et", "ou", "alors", "donc", "aussi", "puis", "enfin", "je vous (prie|remercie|en prie)",
            "[c'est|vous avez|désolé|désolée|c'est un] [le|un] (mauvais|faux|mauvaise) (numéro|personne)", "erreur (de numéro|de destinataire|de personne)", "vous vous trompez [de (numéro|personne)]", "(ce|c'est) n'est pas (le bon numéro|la bonne personne)", "c'est pas (le bon numéro|la bonne personne|mon nom)", "je ne suis pas _ [_] (,|merci|et|svp)", "je (suis|suis) pas _ [_] (,|svp|et)", "je ne vous connais pas", "qui êtes vous [?]", "c'est qui [?]", "(qui est ce|qui c'est) [?]",
            "[je ne suis|je suis|suis] pas (intéressé|intéressée)", "[ça] ne m'intéresse (pas|plus)", "ça m'intéresse pas", "plus intéressé", "plus intéressée", "non (merci|,)", "ça suffit", "ça (m'énerve|me gave|saoule|me saoule)", "y en a marre", "ras le bol", "(j'en ai|j'ai en) marre [de (ça|<det> <sms>)]", "c'est (du spam|du harcèlement|trop|insupportable|pénible)", "je ne me suis jamais (inscrit|inscrite|abonné|abonnée)", "j'ai rien demandé", "je n'ai rien demandé", "sinon (je porte plainte|plainte|je vous bloque|je vous signale)",
        ],
        Unclear =
        [
            "(demandé|dit|prié|signalé|demande|dis) [plusieurs fois|déjà|x fois] (d'arrêter|d'arreter|de me (<ôter>)|de cesser|de ne plus|stop|que vous arrêtiez|d'être retiré|d'être désabonné)", "(reçois|recois|recevons) [toujours|encore|tout le temps|sans arrêt|sans cesse] (toujours|encore|tout le temps|sans arrêt|sans cesse) [<det>] [<det>] [<sms>]", "(continue|continuez|continuons|continuent) (à|de) (recevoir|m'envoyer|me contacter|m'écrire|me harceler|recevoir)", "(déjà|bien) (désabonné|désabonnée|désinscrit|désinscrite)",
            "(porter|porte|porterai) plainte", "(harcèlement|cnil)", "(arrêtez|arrête|cessez) (de|d) <moi>", "(arrêtez|cessez) (d'envoyer|d'écrire)", "ne (m'envoyez|me contactez|m'écrivez) (plus|pas)", "(veux|souhaite) plus [recevoir] [<det>] <sms>", "(retirez|supprimez|enlevez) (moi|<num>) [<liste>]", "(désabonner|désinscrire) de <liste>", "laissez moi tranquille",
        ],
        UnclearAlone =
        [
            "comment (se|me|faire pour (me|se)|je (peux|fais pour) (me|se)|puis je (me|se)|on fait pour se) (<ôter>) [<liste>]", "comment (arrêter|stopper|ne plus recevoir) [<ça>]", "[c'est|vous avez] [le|un] (mauvais|faux) numéro", "erreur de numéro", "vous vous trompez [de (numéro|personne)]", "oui [,] stop", "(foutez|fichez) le camp", "je n'en veux (plus|pas)",
        ],
        Negations = ["pas", "jamais", "personne", "n'ai", "n'a"],
    };
}
