namespace BulkSms.OptOuts.Wording.Languages;

/// <summary>English. The law (FCC, 47 CFR 64.1200) counts any reasonable wording, which Twilio does not.</summary>
internal static class English
{
    private static readonly (string, string)[] Classes =
    [
        ("then", ",|please|pls|plz|and|so"),
        ("you", "you|u|ya|yall|you (guys|people|all)"),
        ("kind", "text|sms|marketing|promotional|promo|spam|automated|annoying|unsolicited|unwanted|unnecessary|stupid|damn|fucking|political|campaign|junk|silly|constant|ridiculous|dumb|sales|advertising|daily|weekly|endless|bloody"),
        ("txts", "[<kind>] [<kind>] (messages|msgs|mesages|massages|texts|txts|sms|smss|texting|messaging|notifications|alerts|ads|adverts|advertisements|advertising|promotions|promos|spam|marketing|communications|solicitations|soliciting)"),
        ("txt", "<txts>|[<kind>] [<kind>] (message|msg|text|txt|notification|alert|ad|advert|advertisement|promotion|promo|communication|solicitation)"),
        ("msg", "<txt>|[<kind>] [<kind>] (offer|offers|update|updates|reminder|reminders|stuff|crap|shit|bullshit|nonsense|junk|garbage|coupon|coupons|deals|newsletter|newsletters|mail|emails|notices|bs)"),
        ("det", "any|any more|anymore|all|all of|all the|all these|all this|all your|all of your|all of these|these|this|those|that|your|ur|more|the|such|so many|further|any further|any other|other|my|another|any of your|any of these"),
        ("what", "it|this|that|these|those|them|anything|everything|(any|all) of (this|these|it|them)|all (this|these)|anything else|things"),
        ("things", "[with] ([<det>] [<det>] <msg>|<what>)"),
        ("mine", "[cell|mobile|phone|telephone|contact] (phone|number|cell|mobile|cellphone|telephone|line|contact|contacts|name|info|information|details)"),
        ("self", "[to|at|on] (me|us|my <mine>|our <mine>|this <mine>|this person)"),
        ("ing", "texting|txting|texing|messaging|msging|sending|contacting|calling|bothering|spamming|harassing|annoying|pestering|bugging|writing|emailing|smsing|hitting up|blowing up|reaching out|soliciting|mailing|disturbing|pinging|hounding|stalking"),
        ("verb", "text|txt|message|msg|contact|bother|spam|harass|annoy|pester|bug|sms|disturb|solicit|write|reach out|(text|message|contact) (or|and) (call|text|message)|call (or|and) (text|message|txt)|email or text|text or email"),
        ("when", "anymore|any more|again|ever|ever again|now|right now|immediately|asap|at once|for good|forever|for ever|from now on|any longer|today|permanently|going forward|once and for all|as soon as possible|effective immediately|in the future|further|straight away|already"),
        ("again", "anymore|any more|again|ever|ever again|any longer|for any reason|in the future|going forward|further|from now on|at all"),
        ("to", "[<self>] [<things>] [<self>] [<when>] [<when>]"),
        ("from", "from|off|off of|out of|of|on|in"),
        ("listkind", "text|texting|sms|mailing|messaging|contact|contacts|call|calling|marketing|phone|distribution|message|subscriber|subscription|subscribers|spam|mail|email|campaign|client|customer|donor|voter|notification|broadcast|stupid|damn|fucking|promo|promotional|automated|group"),
        ("list", "[your|ur|the|this|that|these|those|all|all of your|all your|any|any of your|whatever|any and all|yalls|every] [<listkind>] [<listkind>] (list|lists|database|databases|data base|system|systems|contacts|records|subscription|subscriptions|distribution|directory|roster|phonebook|phone book|address book|mailing|file|files|service|services|group|thread|campaign|program|messages|texts)"),
        ("place", "<from> (<list>|<things>|here|everything|all) [<when>]|<when> [<when>]"),
        ("opt", "unsubscribe|unsub|un subscribe|unsubcribe|unsuscribe|unsubscibe|unsubsribe|opt out|optout"),
        ("act", "stop|(stop|quit|cease) <ing> [(and|or) <ing>] <to>|stop <things> [<self>] [<when>] [<when>]|stop <when> [<when>]|stop <things> from coming|quit it"
            + "|(stop|cease) [all] (contact|contacting|communication|communications) <to>|cease and desist <to>"
            + "|(remove|delete|erase|scrub|exclude) <self> [<place>]|(take|get|pull) <self> (<from> <list>|off) [<when>]|(take|get) <self> off (this|it|these|everything|of this|of everything)"
            + "|(drop|strike|cross|kick|keep) <self> <from> <list> [<when>]|(remove|removed) <from> <list>"
            + "|(lose|forget|delete|erase) (my|this) <mine>|<opt> [<self>|all|everything] [<place>]|opt <self> out [<place>]"
            + "|(end|cancel|discontinue|turn off|disable|deactivate|terminate|shut off) [<det>] (<txt>|(text|sms) subscription) [<self>] [<when>]"
            + "|leave (me|us|my <mine>|this <mine>) [the (hell|fuck)|tf] alone [<when>]|(do not|dont|never) [ever] <verb> <self> [with <things>] [<again>] [<again>]|(do not|dont|never) [ever] <verb> <again>"
            + "|(do not|dont|never) [ever] send <self> [<things>] [<self>] [<again>]|(do not|dont|never) [ever] send <things> [<self>] [<again>]|make (it|this|these|that|them) stop"),
        ("be", "be (removed|taken|deleted|dropped|excluded|erased) [off] [<place>]|be (unsubscribed|opted out) [<place>]|be left alone|(stop|quit) (receiving|getting) <things> [from you] <to>|(get|come) <from> <list>|<opt> [<place>]"),
        ("please", "please|pls|plz|kindly|just|immediately|at once"),
    ];

    public static readonly Language Value = new()
    {
        Code = "en",
        Classes = Classes,
        Words = ["remove", "revoke", "cease", "desist"],
        Requests =
        [
            "<act>", "[i|we] [would] (want|like|wish|request|demand|ask|require|prefer|need) [for] [<you>] [to] [<please>] <be>", "id (like|love|prefer|rather) [to] <be>",
            "(i|we|id) [would] (want|need|request|demand|like|ask|expect) <you> [to] [<please>] <act>", "i (want|would like|wish) to stop", "i (do not|dont|no longer) want <you> (to (<verb>|send|contact|keep <ing>)|<ing>) <to>", "i wanna <be>",
            "(i am|im) (asking|requesting|demanding|telling|begging|ordering|instructing) ([that] <you> [to] [<please>] <act>|to <be>)",
            "i (want|need|would like) (these|this|it|[all] [<det>] <msg>) [to] (stop|end|stopped) [<when>]", "i (want|need|wanna) (out|off) [of] [<list>|<place>]",
            "[i|we] (do not|dont|no longer) (want|wish|care|need|like|consent|agree|desire) [to] (receive|get|receiving|getting|have|see|read) [any|anymore|more|further] [<det>] (<txt>|<what> [kind of] [<txt>]) [from <you>] <to>",
            "[i|we] (do not|dont|no longer) (want|wish|need|like|consent to|agree to) [<det>] [<det>] <txts> [from <you>] <to>", "[i|we] (do not|dont|no longer) (want|need|wish) (this|these|it) (anymore|any more)",
            "[i|we] (do not|dont|no longer) (want|wish|care|need) to (hear from (<you>|this|anyone|this number)|be (contacted|texted|messaged|bothered|sent [any] [<det>] <txt>|on <list>|part of (this|<list>)|<ing>)) <to>",
            "i (revoke|withdraw) [my|all] (consent|permission|authorization) [to <verb> <self>]", "i (<opt>|am opting out|am unsubscribing) [<place>]", "(opting out|im opting out|im unsubscribing) [<place>]",
            "[consider] (this is|this as) [my|a|an] (opt out|unsubscribe|unsubscription|(opt out|stop|unsubscribe|removal) (request|notice))", "consider this (my|a) [request to|notice to] (stop|opt out)", "(opt out|unsubscribe|stop|removal) request", "request (to|for) (<opt>|be removed|stop|removal) [<place>]",
            "no more [<det>] <txt> [from <you>] <to>", "no <txts> [from <you>] <to>", "no (contact|calls or texts|texts or calls) <to>",
            "(can|could|will|would|cld|wud) (<you>|someone|somebody|anyone) [<please>] <act> [please|pls|plz|thanks] [?]", "(can|could) i [please] be (removed|taken|unsubscribed|opted out) [off] [<place>] [please] [?]",
            "<you> (need|have|must|should|better|had better|are required|are asked|gotta) [to] [<please>] <act>", "(make sure|be sure|see) (to|that <you>|<you>) <act>", "would you mind [not] (<ing>|removing|taking) <self> [<place>|off] [<place>] [?]",
        ],
        Courtesy =
        [
            "kindly", "hey", "hey _ ,", "(hey|hi|hello) there", "dear", "dear _ ,", "just", "again", "immediately", "tks", "tyvm", "thank u", "(thank (you|u)|thanks) (a lot|so much|again|very much|in advance|much|kindly)",
            "sir", "madam", "maam", "dear (sir|madam|sirs)", "guys", "folks", "team", "bro", "dude", "people", "good (morning|afternoon|evening|day)", "at once", "forever", "right now", "straight away", "already", "and", "so", "also", "then", "or", "yo", "um", "omg", "wtf", "ffs", "god", "jesus", "jeez", "ugh", "lord",
            "for (the love of god|gods sake|fucks sake|real|good|the last time)", "damn it", "dammit", "seriously", "really", "anymore", "have a (nice|good|great|blessed) (day|evening|night|one)", "god bless", "bye", "goodbye", "[best|kind|warm] regards", "cheers", "sincerely", "respectfully", "much appreciated", "appreciate it",
            "but please", "no ,", "no (thanks|thank you|thx)", "nope", "nah", "[i am|im] (not|no longer) interested [anymore|at all|in (this|any of this|it|your (offer|offers|service|services|product|products))]", "no interest",
            "[this is|its|it is|thats|sorry|sry] [the|a] (wrong|incorrect) (number|person|num|phone|one) [buddy|pal|dude|bro|sorry]", "<you> (have|have got|got|texted|have reached|are texting|ve got) (the|a) wrong (number|person|phone)", "youve got the wrong (number|person)",
            "this is _ [_] <then>", "my name is _ [_] <then>", "this (is not|isnt) _ [_] [<mine>] [anymore] <then>", "(i am|im) not _ [_] <then>", "nobody here is named _ <then>", "there is no _ (here|at this number)", "_ (does not|doesnt|no longer) (live|lives|works|work) here [anymore]", "_ (is not|isnt) (here|at this number) [anymore]",
            "new (phone|number)", "i just got this <mine>", "i (do not|dont) know (<you>|who (this is|you are|<you> are)|what this is)", "(who is|whos|who) (this|that|dis) [?]", "who are you [?]", "why are you <ing> <self> [?]", "how did you get (my|this) <mine> [?]",
            "i (never|did not|didnt|have not|havent) (sign|signed|asked|ask|agreed|agree|subscribed|subscribe|consented|consent|requested|request|opted in|opt in|register|registered|gave you|give you) [up] [to|for|my] [<self>] [<things>|permission|consent|<mine>]", "i (do not|dont) remember signing up [for <things>]",
            "(this is|its|it is|thats) [very|so|really|getting] (spam|harassment|harassing|annoying|ridiculous|a scam|illegal|unsolicited|old|too much|enough|inappropriate|unwanted|unacceptable)", "<you> (are|re) (annoying|harassing <self>|spamming <self>)", "(enough is enough|ive had enough|i have had enough|that is enough|thats enough|enough)",
            "or else", "[or] (i will|ill|im going to|i am going to) [have to] (report|block|sue) [<you>|this <mine>] [to the (fcc|police|ftc|authorities)|for (harassment|spam)]", "reported", "blocked", "(i am|im|my <mine> is) on the do not call (list|registry)",
            "i [have|ve] already (voted|donated|moved|sold [it|the house|my house]|bought [one|it])", "already (voted|donated|moved|sold|bought one)", "i (do not|dont) live (there|here|in _) [anymore]", "i moved", "(i am|im) (sick|tired|sick and tired) of (<what>|[<det>] <msg>)", "too many (texts|messages)", "as requested",
        ],
        Unclear =
        [
            "(asked|told|begged|requested|warned|ask|tell|asking|telling|beg|begging) (<you>|this <mine>) [already|before|repeatedly|again|nicely|multiple times|several times|many times|_ times] [to] [please] (stop|quit|cease|<opt>|not [to] (text|contact|message)|remove|take|leave|delete|no longer|be (removed|taken))",
            "i [have|already|ve|have already] (said|sent|texted|replied|typed|wrote) [you] [the word] [already] (stop|unsubscribe|quit|opt out)", "(said|replied|texted|typed) stop (_ times|already|before|twice|yesterday|last|again|many|multiple|several)", "ive [already] (said|sent|texted|replied|typed|asked) [you] [to] (stop|unsubscribe|quit)",
            "still (getting|receiving|get|receive|recieving|being sent|sending|texting|messaging|spamming|contacting|bothering|harassing) [<self>] [<det>] [<det>] (<msg>|<what>|from <you>|me|us)", "still (texting|messaging|spamming|harassing) <self>", "still (getting|receiving) ,",
            "(keep|keeps|kept|continue to|continue|continues) (getting|receiving|get|receive) [<det>] [<det>] (<msg>|this|these|those|them)", "(<you>|they|yall|this number) (keep|keeps|kept|continue to|continue) (texting|sending|messaging|spamming|contacting|bothering|harassing|text|message|contact|send)", "(why|how come) am i [still|always|constantly] (getting|receiving) [<det>] [<det>] <msg>",
            "(stop|quit) (texting|messaging|contacting|bothering|spamming|harassing) <self>", "(stop|quit) sending (<self>|[<det>] [<det>] <txt>)", "if <you> (do not|dont) stop", "when (will|are) <you> [going to|gonna|ever] stop", "please stop (texting|messaging|sending|spamming)",
            "(remove|take|delete|get) (me|us|my <mine>|this <mine>|her|him|them|his <mine>|her <mine>|their <mine>|our <mine>) (from|off|off of|out of) <list>", "(remove|delete|lose) (my|this|her|his|their) <mine>",
            "(do not|dont) (text|message|contact|sms) <self>", "(do not|dont|no longer) (want|need) [to] [receive|get] [<det>] [<det>] <txts>", "(do not|dont|no longer) (want|wish) to (be contacted|be texted|hear from <you>)", "no more [<det>] (texts|messages|text messages)",
            "(tried|trying|try|attempted|want|wanted|like|need) to (unsubscribe|unsub|be removed from <list>|get off <list>|stop (getting|receiving) <things>|opt out (,|of <list>|of <things>|from <list>|from <things>))", "[i|already|ive|have] (unsubscribed|opted out) (already|before|last|yesterday|twice|months|weeks|days|several|many|multiple|of <list>|from <list>|,|and|but)", "(unsubscribe|unsub) (me|us) from", "opt (me|us) out",
            "(report|reporting|sue|suing) <you>", "(do not|dont) call (list|registry)", "(fcc|tcpa|ftc)", "(harassment|harassing (me|us)|spamming (me|us))", "(blocking|block) (<you>|this number)", "leave (me|us) [the (hell|fuck)] alone", "(fuck|piss|bugger) off", "stop spamming", "(reply|text|txt|send|sending|texting) stop",
        ],
        UnclearAlone =
        [
            "(how|where) (do|can|could|should) i (<opt>|stop <things>|stop (getting|receiving) <things>|get <from> <list>|turn <things> off|turn off <things>) [<place>]", "how to (<opt>|stop) [<things>|<place>]", "(can|could|may) i (<opt>|stop (getting|receiving) <things>) [<place>]",
            "[this is|its|it is|thats] [the|a] (wrong|incorrect) (number|person)", "<you> (have|have got|got|texted|have reached|are texting|ve got) (the|a) wrong (number|person|phone)", "youve got the wrong (number|person)",
            "(no|(yes|yeah|yep) [,] [please|pls]) stop", "(cancel|end) [my|the] subscription", "no more [of (this|these|those|them)]", "go away", "get lost", "[this is] spam", "leave me be", "(do not|dont) (text|message|contact)", "i (do not|dont) want (this|these|any)",
        ],
        Negations = ["(didnt|did not|never|nobody|no one|havent|have not|do not|dont|who) (ask|asked|tell|told|want|need) [<you>|them|anyone|him|her] [to]", "not", "dont", "never", "didnt", "(why|when|how|where) did", "did (you|u|he|she|they)", "wont", "nobody", "who", "without", "isnt", "havent", "wasnt", "doesnt", "hadnt", "shouldnt", "wouldnt"],
    };
}
