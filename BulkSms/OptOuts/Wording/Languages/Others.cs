namespace BulkSms.OptOuts.Wording.Languages;

/// <summary>Languages whose keywords we know, with their commonest courtesy and polite requests.</summary>
internal static class Others
{
    public static readonly Language[] All =
    [
        new()
        {
            Code = "pl",
            Words = ["wypisz", "rezygnuję", "wypisać", "rezygnacja"],
            Requests =
            [
                "[proszę] (wypisz|wypiszcie|wypisać|usuń|usuńcie|usunąć|skreślić) (mnie|mój numer|ten numer) [z (listy|bazy|bazy danych|waszej listy|waszej bazy)]", "[proszę] (wypisać|usunąć) [mnie] z (listy|bazy|bazy danych)", "[proszę] (mnie|mój numer) (wypisać|usunąć|skreślić) [z (listy|bazy|bazy danych|waszej listy|waszej bazy)]", "proszę o (wypisanie|usunięcie) [mnie|mojego numeru] [z (listy|bazy)]", "chcę się wypisać [z (listy|bazy)]",
                "[proszę] [już] nie (pisać|wysyłać|pisz|piszcie|wysyłaj|wysyłajcie|kontaktować się) [do mnie|mi|ze mną] [już|więcej] [wiadomości|smsów|sms|reklam] [do mnie|mi]", "nie (chcę|życzę sobie) [już|więcej] [otrzymywać|dostawać] [więcej|tych|od was|waszych] (wiadomości|smsów|sms|reklam) [od was]", "(przestań|przestańcie|proszę przestać) [do mnie|mi] [pisać|wysyłać] [wiadomości|smsy|smsów|do mnie]", "(koniec|dość) (wiadomości|smsów)", "dajcie mi spokój",
            ],
            Courtesy = ["proszę", "dziękuję", "dzięki", "z góry dziękuję", "dzień dobry", "dobry wieczór", "cześć", "witam", "już", "natychmiast", "[to] (zły numer|pomyłka|nie ten numer)", "pozdrawiam", "nie jestem (zainteresowany|zainteresowana)", "nie ,", "i", "a", "teraz"],
            Unclear = ["(prosiłem|prosiłam|mówiłem|mówiłam) [już] (o wypisanie|żebyście|żeby|o usunięcie)", "(nadal|ciągle|wciąż) (dostaję|otrzymuję|przychodzą)"],
            UnclearAlone = ["[to] (zły numer|pomyłka)", "jak (się wypisać|zrezygnować)"],
        },
        new()
        {
            Code = "sv",
            Words = ["stopp", "avregistrera", "sluta"],
            Requests =
            [
                "(sluta|slutar ni|kan ni sluta) (skicka|sms:a|smsa|texta|skriva|spamma|kontakta|störa|höra av er) [till] [mig] [fler|era|dessa|sms|meddelanden|reklam] [sms|meddelanden|reklam] [till mig] [?]", "(ta bort|radera|avregistrera|stryk) (mig|mitt nummer|det här numret) [från (listan|er lista|listorna|registret|ert register|utskicket)]", "(avanmäl|avregistrera) mig", "(inga|inte) (fler|mer) (sms|meddelanden|utskick|reklam) [tack]", "skicka inte [mig] (fler|mer|några|några fler) (sms|meddelanden|reklam)",
                "[jag] vill inte ha (fler|mer|era|några|några fler) (sms|meddelanden|utskick|reklam)", "jag vill (avregistrera mig|bli borttagen|bli avregistrerad|avsluta)", "kontakta mig inte [igen|mer]", "lämna mig i fred", "avsluta (sms|prenumerationen på sms|utskicken)",
            ],
            Courtesy = ["tack", "tack så mycket", "tack på förhand", "snälla", "vänligen", "var snäll och", "hej", "hej _ ,", "god dag", "[du har|ni har|det är] fel nummer", "nu", "genast", "omedelbart", "och", "mvh", "hälsningar", "nej tack", "inte intresserad", "jag är inte intresserad"],
            Unclear = ["(bett|sagt åt) er [att] sluta", "(får|fortfarande) (fortfarande|sms|meddelanden) [sms|meddelanden]", "sluta skicka"],
            UnclearAlone = ["[du har|ni har|det är] fel nummer", "hur (avregistrerar|avslutar) jag [mig]"],
        },
        new()
        {
            Code = "da",
            Words = ["afmeld", "frameld", "afmelding"],
            Requests =
            [
                "(afmeld|frameld|slet|fjern) (mig|mit nummer|dette nummer) [fra (listen|jeres liste|listerne|jeres system)]", "(stop|hold op) med at (skrive|sende|sms'e|smse|kontakte) [til] [mig] [flere] [sms|sms'er|beskeder] [til mig]", "(ikke|ingen) flere (sms|sms'er|smser|beskeder)", "send ikke [mig] flere (sms|sms'er|beskeder)", "send mig ikke flere (sms|sms'er|beskeder)", "jeg vil (ikke have|ikke modtage) [flere|jeres|nogen] (sms|sms'er|beskeder)", "jeg vil (gerne) (afmeldes|frameldes|afmeldes listen|slettes)", "lad mig være [i fred]", "kontakt mig ikke [igen|mere]",
            ],
            Courtesy = ["tak", "mange tak", "på forhånd tak", "venligst", "vær venlig at", "hej", "hej _ ,", "goddag", "[i har|du har|det er] forkert nummer", "nu", "straks", "og", "mvh", "hilsen", "nej tak", "ikke interesseret"],
            Unclear = ["bedt jer om at stoppe", "(får|modtager) (stadig|fortsat)"],
            UnclearAlone = ["[i har|du har|det er] forkert nummer", "hvordan (afmelder|framelder) jeg mig"],
        },
        new()
        {
            Code = "nb",
            Words = ["stopp", "avslutt", "avmeld", "slutt"],
            Requests =
            [
                "(meld) meg av [listen|lista]", "(avmeld|slett|fjern) (meg|mitt nummer|nummeret mitt|dette nummeret) [fra (listen|lista|listen deres|systemet)]", "(slutt|stopp) [med] å (skrive|sende|kontakte) [til] [meg] [flere] [sms|meldinger|tekstmeldinger] [til meg]", "(ikke|ingen) flere (sms|meldinger|tekstmeldinger)", "(ikke send|send ikke) [meg] flere (sms|meldinger|tekstmeldinger)", "jeg vil ikke (ha|motta) [flere|disse] (sms|meldinger|tekstmeldinger)", "la meg være [i fred]", "ikke kontakt meg [igen|mer]", "jeg vil (meldes av|avmeldes|melde meg av)",
            ],
            Courtesy = ["takk", "tusen takk", "på forhånd takk", "vennligst", "vær så snill", "vær så snill å", "hei", "hei _ ,", "god dag", "[dere har|du har|det er] feil nummer", "nå", "straks", "og", "mvh", "hilsen", "nei takk", "ikke interessert"],
            Unclear = ["bedt dere (om å) (slutte|stoppe)", "(får|mottar) (fortsatt|fremdeles)"],
            UnclearAlone = ["[dere har|du har|det er] feil nummer", "hvordan melder jeg meg av"],
        },
        new()
        {
            Code = "fi",
            Words = ["lopeta", "lopettakaa", "peruuta tilaus"],
            Requests = ["(lopeta|lopettakaa) [viestit|viestien lähettäminen|tekstiviestit|viestittely|tämä|heti]", "(poista|poistakaa) (minut|numeroni|tämä numero) [listalta|listalta|rekisteristä]", "(älä|älkää) (lähetä|lähettäkö|laita|laittako) [minulle] [enää|lisää] [viestejä|tekstiviestejä|mainoksia] [enää|minulle]", "en halua [enää|lisää|näitä|teidän] (viestejä|tekstiviestejä|mainoksia|viestejänne)", "ei enää (viestejä|tekstiviestejä|mainoksia)"],
            Courtesy = ["kiitos", "kiitti", "ole hyvä", "olkaa hyvä", "hei", "moi", "terve", "[teillä on] väärä numero", "nyt", "heti", "ja", "terveisin", "en ole kiinnostunut", "ei kiitos"],
            UnclearAlone = ["[teillä on] väärä numero"],
        },
        new()
        {
            Code = "cs",
            Words = ["odhlásit", "odhlásit odběr", "zrušit odběr"],
            Requests = ["(odhlaste|odhlas|vymažte|vymaž|vyřaďte|smažte|odstraňte) (mě|mne|mé číslo|moje číslo|toto číslo) [ze seznamu|z databáze|z vašeho seznamu|z odběru]", "(chci|přeji si|prosím o) (se odhlásit|odhlásit|odhlášení|vyřazení) [ze seznamu|z odběru]", "(už|prosím) [mi] (neposílejte|nepište|neposílej) [mi] [už|další|žádné] [další] [zprávy|sms|smsky|reklamy]", "(neposílejte|nepište|neposílej|nekontaktujte) (mi|mě) [už|další|žádné] [další|nikdy] [zprávy|sms|smsky|reklamy]", "nechci [už|dostávat] [další|vaše|žádné] (zprávy|sms|smsky|reklamy)", "přestaňte [mi] (psát|posílat|posílat zprávy|posílat sms|otravovat)", "(žádné) [další] (zprávy|sms)"],
            Courtesy = ["prosím", "děkuji", "díky", "děkuji předem", "dobrý den", "ahoj", "[máte|to je] (špatné číslo|omyl)", "ihned", "hned", "a", "s pozdravem", "nemám zájem", "ne děkuji"],
            UnclearAlone = ["[máte|to je] (špatné číslo|omyl)", "jak se odhlásit"],
        },
        new()
        {
            Code = "tr",
            Words = ["durdur", "durdurun", "abonelikten çık", "çıkış"],
            Requests = ["(bir daha|artık|lütfen bana) [bana] [mesaj|sms] (atmayın|göndermeyin|yazmayın|atma|gönderme|yollamayın)", "[bana] (mesaj|sms) (atmayın|göndermeyin|istemiyorum|yollamayın|almak istemiyorum|atma)", "[beni|numaramı] [listeden|listenizden] (çıkarın|çıkar|silin)", "(aboneliği|üyeliği|aboneliğimi|üyeliğimi) iptal (et|edin|etmek istiyorum)", "(mesajları|smsleri) (durdurun|kesin|durdur)", "(mesaj|sms) almak istemiyorum", "[beni] rahatsız etmeyin"],
            Courtesy = ["lütfen", "teşekkürler", "teşekkür ederim", "sağolun", "merhaba", "iyi günler", "selam", "yanlış numara", "artık", "hemen", "ve"],
            UnclearAlone = ["yanlış numara"],
        },
        new()
        {
            Code = "ro",
            Words = ["dezabonare", "dezaboneaza", "dezabonați mă"],
            Requests = ["(dezabonați|dezabonează|dezabonati|scoateți|ștergeți|eliminați) (mă|numărul meu|acest număr) [de pe listă|din lista voastră|din baza de date|din listă]", "(vreau|doresc) (să mă dezabonez|dezabonare|să fiu dezabonat|să fiu șters)", "nu [îmi|mi] mai (trimiteți|trimite|scrieți|scrie|trimiteti) [mesaje|sms|sms uri|nimic]", "nu mai vreau [să primesc] (mesaje|sms|sms uri|reclame)", "(opriți|încetați) (mesajele|sms urile|cu mesajele)", "lăsați mă în pace"],
            Courtesy = ["vă rog", "te rog", "va rog frumos", "mulțumesc", "mersi", "bună ziua", "bună", "salut", "[ați|este|e] [greșit|un] număr greșit", "ați greșit numărul", "imediat", "acum", "și", "nu sunt interesat", "nu sunt interesată", "nu mulțumesc"],
            UnclearAlone = ["[este|e] număr greșit", "ați greșit numărul"],
        },
        new()
        {
            Code = "ru",
            Words = ["стоп", "отписаться", "отписка", "отпишите", "хватит", "прекратите"],
            Requests =
            [
                "(отпишите|удалите|уберите|вычеркните|исключите|отключите|отпиши|удали) [пожалуйста] (меня|мой номер|этот номер) [из (списка|базы|рассылки|вашей базы|вашей рассылки|списков)|от (рассылки|вашей рассылки)]", "[больше] не (пишите|присылайте|отправляйте|шлите|беспокойте|пиши|присылай|шли) [мне|меня|сюда|на этот номер] [больше] [ваши|свои|эти|никаких] [сообщений|сообщения|смс|sms|рекламу|спам] [больше|никогда]", "[мне] [больше] не (нужны|надо|нужно) [ваши|эти] (сообщения|смс|рассылки|рекламы)",
                "(прекратите|перестаньте|хватит|прекрати|перестань) [мне] (слать|присылать|писать|отправлять|рассылать|спамить|беспокоить|рассылку|спам|рассылать спам|это) [мне|меня] [эти|свои|ваши] [сообщения|смс|рекламу|спам]", "[я] (хочу|прошу|желаю) (отписаться|отписать меня|удалить меня|удалить мой номер|исключить меня) [от (рассылки|вашей рассылки)|из (базы|списка|рассылки)]", "[я] не (хочу|желаю) [больше] (получать) [от вас] [ваши|эти|больше|никаких] [сообщения|смс|рассылку|рекламу|спам|сообщений]", "отстаньте [от меня]", "оставьте меня в покое", "отмените (рассылку|подписку на смс)",
            ],
            Courtesy = ["пожалуйста", "спасибо", "заранее спасибо", "благодарю", "здравствуйте", "привет", "добрый день", "добрый вечер", "доброе утро", "[это|вы] [ошиблись] (неправильный номер|не тот номер|номером)", "вы ошиблись [номером]", "ошиблись номером", "немедленно", "срочно", "уже", "сейчас", "и", "больше", "не интересует", "мне не интересно", "нет спасибо", "нет ,"],
            Unclear = ["(просил|просила|говорил|говорила|просили) [вас] [уже] (не|прекратить|отписать|удалить|перестать|больше не)", "(до сих пор|всё ещё|все еще|опять|снова) (получаю|приходят|шлёте|присылаете|пишете)"],
            UnclearAlone = ["вы ошиблись [номером]", "[это] (неправильный номер|не тот номер)", "как (отписаться|отключить рассылку)", "спам"],
            Negations = ["не", "никогда", "никто"],
        },
        new()
        {
            Code = "uk",
            Words = ["стоп", "відписатися", "відписатись", "відписка", "досить", "припиніть"],
            Requests = ["(відпишіть|видаліть|приберіть|виключіть) [будь ласка] (мене|мій номер|цей номер) [зі списку|з бази|з розсилки|від розсилки]", "[більше] не (пишіть|надсилайте|присилайте|шліть|турбуйте) [мені|мене|сюди] [більше] [ваші|цих|ці] [повідомлень|повідомлення|смс|sms|рекламу|спам] [більше]", "(припиніть|перестаньте|досить) [мені] (слати|надсилати|присилати|писати|спамити|турбувати) [мені|мене] [повідомлення|смс|спам]", "[я] (хочу|прошу) (відписатися|відписатись|видалити мене|відписати мене)", "[я] не (хочу|бажаю) [більше] отримувати [ваші|ці] [повідомлення|смс|розсилку|рекламу]"],
            Courtesy = ["будь ласка", "дякую", "вітаю", "добрий день", "доброго дня", "привіт", "[це|ви] [помилилися] (неправильний номер|не той номер|номером)", "ви помилилися [номером]", "негайно", "вже", "зараз", "і", "та", "більше"],
            UnclearAlone = ["ви помилилися [номером]", "[це] (неправильний номер|не той номер)", "як відписатися"],
        },
        new()
        {
            Code = "el",
            Words = ["στοπ", "διαγραφή", "σταματήστε", "σταμάτα"],
            Requests = ["(διαγράψτε|αφαιρέστε|βγάλτε) (με|τον αριθμό μου|το νούμερό μου) [από τη λίστα]", "(σταματήστε|σταμάτα) [να] [μου] (στέλνετε|τα μηνύματα|στέλνεις|αυτό) [μηνύματα]", "(μη|μην) [μου] (στέλνετε|ξαναστείλετε|στείλετε|ενοχλείτε|ξαναστέλνετε) [άλλα|πλέον|ξανά] [μηνύματα|sms]", "δεν θέλω [άλλα|να λαμβάνω] [άλλα] (μηνύματα|sms)", "(θέλω|επιθυμώ) (διαγραφή|να διαγραφώ|να με διαγράψετε)"],
            Courtesy = ["παρακαλώ", "ευχαριστώ", "σας ευχαριστώ", "γεια σας", "καλημέρα", "καλησπέρα", "λάθος (αριθμός|νούμερο)", "τώρα", "αμέσως", "και"],
            UnclearAlone = ["λάθος (αριθμός|νούμερο)"],
        },
        new()
        {
            Code = "ar",
            Words = ["توقف", "توقفوا", "إيقاف", "إلغاء", "قف", "أوقف", "أوقفوا"],
            Requests = ["(لا ترسل|لا ترسلوا|لا تراسلني|لا تراسلوني|لا تتصلوا) [لي|بي] [رسائل|المزيد|أي رسائل] [أخرى|بعد الآن|مرة أخرى]", "(إلغاء|الغاء|إيقاف|ألغوا|أوقفوا|أوقف|إيقاف هذه) (الاشتراك|الرسائل|اشتراكي|رسائل|التسجيل)", "(احذفوا|احذف|أزيلوا|إزالة) (رقمي|اسمي|هذا الرقم) [من القائمة|من قائمتكم]", "(لا أريد|لا اريد) [استلام|تلقي|المزيد من] (رسائل|الرسائل|رسائلكم|هذه الرسائل)", "(توقفوا|توقف) عن (الإرسال|إرسال الرسائل|مراسلتي|المراسلة|ارسال الرسائل)"],
            Courtesy = ["من فضلك", "من فضلكم", "لو سمحت", "لو سمحتم", "شكرا", "شكرا لكم", "شكرا جزيلا", "رجاء", "الرجاء", "أرجو", "مرحبا", "السلام عليكم", "[هذا] (رقم خاطئ|الرقم خطأ|رقم غلط)", "الآن", "فورا"],
            UnclearAlone = ["[هذا] (رقم خاطئ|الرقم خطأ|رقم غلط)"],
        },
        new()
        {
            Code = "he",
            Words = ["הסר", "הסרה", "להסיר", "הסירו", "תפסיקו", "תפסיק", "די"],
            Requests = ["(הסירו|תסירו|הסר|תסיר|להסיר|מחקו|תמחקו) (אותי|את המספר שלי|את מספרי|מהרשימה|המספר שלי) [מהרשימה|מרשימת התפוצה|מהמאגר]", "(תפסיקו|תפסיק|הפסיקו|להפסיק|הפסק) (לשלוח|לשלוח לי|לשלוח הודעות|לשלוח לי הודעות|לסמס|עם ההודעות|להציק|את ההודעות)", "(אל|לא) (תשלחו|תשלח|לשלוח) [לי] [יותר|עוד] [הודעות|סמסים] [יותר]", "(לא רוצה|אני לא רוצה|איני רוצה|לא מעוניין|לא מעוניינת) [לקבל] [יותר|עוד] (הודעות|סמסים|לקבל הודעות)", "בטל (רישום|מנוי להודעות)"],
            Courtesy = ["בבקשה", "תודה", "תודה רבה", "נא", "אנא", "שלום", "היי", "[זה] (מספר שגוי|טעות במספר|מספר לא נכון)", "טעות", "עכשיו", "מיד", "לא מעוניין", "לא מעוניינת", "לא תודה"],
            UnclearAlone = ["[זה] (מספר שגוי|טעות במספר|מספר לא נכון)"],
        },
        new()
        {
            Code = "hi",
            Words = ["रोकें", "बंद करें", "बंद करो", "बंद कीजिए", "बंद कर दो", "रोको"],
            Requests = ["[ये|यह] (संदेश|मैसेज|एसएमएस|sms|message|messages) [भेजना] (बंद करें|बंद करो|बंद कीजिए|बंद कर दो|मत भेजो|मत भेजें|मत भेजिए|न भेजें|रोकें|रोको)", "[मुझे] [और|ये] [संदेश|मैसेज|एसएमएस|sms|message] (मत भेजो|मत भेजें|मत भेजिए|न भेजें|नहीं चाहिए)", "[मेरा] (नंबर|नाम) [सूची से|लिस्ट से] (हटाएं|हटाओ|हटा दो|हटाइए|हटा दें)", "(सदस्यता) (रद्द करें|समाप्त करें)"],
            Courtesy = ["कृपया", "प्लीज", "प्लीज़", "धन्यवाद", "शुक्रिया", "नमस्ते", "गलत नंबर [है]", "अभी", "और"],
            UnclearAlone = ["[यह] गलत नंबर [है]"],
        },
        new()
        {
            Code = "id",
            Words = ["berhenti", "unreg"],
            Requests = ["(berhenti|stop|hentikan|setop) (kirim|mengirim|mengirimi|sms|pesan|kirim sms|kirim pesan|berlangganan|langganan|smsnya) [saya] [sms|pesan] [ini|lagi|ke nomor ini|ke saya]", "(jangan) (kirim|sms|hubungi|ganggu|kirimi|wa|kirim sms|kirim pesan) [saya] [sms|pesan] [lagi] [ke (saya|nomor ini)] [lagi]", "(hapus|keluarkan) (nomor saya|saya|nomor ini) [dari daftar]", "[saya] (tidak|gak|nggak) (mau|ingin) [menerima|terima] [sms|pesan] [ini|lagi|dari anda] [lagi]", "unreg [all|semua]"],
            Courtesy = ["tolong", "mohon", "terima kasih", "terimakasih", "makasih", "trims", "halo", "selamat (pagi|siang|sore|malam)", "salah (nomor|sambung)", "sekarang", "ya", "dan", "segera"],
            UnclearAlone = ["salah (nomor|sambung)", "bagaimana [cara] berhenti [berlangganan]"],
        },
        new()
        {
            Code = "vi",
            KeepsMarks = true,
            Words = ["dừng", "hủy", "huỷ", "ngừng", "dừng lại", "hủy đăng ký"],
            Requests = ["(dừng|ngừng|đừng|thôi) [có] (nhắn tin|gửi tin|gửi tin nhắn|nhắn|gửi sms|làm phiền|gửi) [cho tôi|tôi|nữa] [nữa|cho tôi|lại]", "(hủy|huỷ) [đăng ký|tin nhắn|nhận tin|dịch vụ tin nhắn]", "(xóa|xoá) (số của tôi|tôi|số này) [khỏi danh sách]", "(tôi) (không muốn) (nhận|nhận thêm) [tin|tin nhắn] [nữa|này]", "từ chối (nhận tin|tin nhắn|nhận tin nhắn)"],
            Courtesy = ["xin", "vui lòng", "làm ơn", "cảm ơn", "cám ơn", "xin cảm ơn", "xin chào", "chào", "nhầm số", "[bạn|anh|chị] nhầm số", "ngay", "ạ", "và"],
            UnclearAlone = ["[bạn|anh|chị] nhầm số [rồi]"],
        },
        new()
        {
            Code = "zh",
            IsUnspaced = true,
            Words = ["停止", "退订", "退訂", "取消订阅", "取消訂閱"],
            Requests = ["[我要|我想] (退订|退訂|取消订阅|取消訂閱) [短信|信息|服务|服務|所有]", "停止 (发送|發送|发|發|推送|接收) [短信|信息|消息|简讯|簡訊|訊息|广告|廣告]", "(停止短信|停止簡訊|停止发短信)", "(不要|别|別|勿|请勿|請勿|不要再|别再|別再|勿再|不许再|停止) [再] [给我|給我|向我] (发|發|发送|發送|传|傳|寄|骚扰|騷擾|联系|聯繫|打扰|打擾) [我|短信|信息|消息|简讯|簡訊|訊息|广告|廣告|垃圾短信] [给我|給我] [了|啦|吧]", "(从|從) [你们的|你們的] (名单|名單|列表) [中|上] (删除|刪除|移除) [我|我的号码|我的號碼]", "(删除|刪除|移除) (我的号码|我的號碼|我)", "我 (不想|不要|不想再) [再] (收到|接收) [你们的|你們的|这些|這些] (短信|信息|消息|简讯|簡訊|訊息) [了]"],
            Courtesy = ["请", "請", "谢谢", "謝謝", "多谢", "多謝", "谢了", "感谢", "感謝", "你好", "您好", "麻烦", "麻煩", "打错了", "打錯了", "号码错了", "號碼錯了", "发错人了", "你发错了", "发错了", "發錯了", "不需要", "马上", "立即"],
            UnclearAlone = ["(打错|打錯|发错|發錯) [人|号码] 了", "(号码|號碼) (错|錯) 了", "(怎么|怎麼|如何) (退订|退訂|取消) [短信]"],
        },
        new()
        {
            Code = "ja",
            IsUnspaced = true,
            Words = ["停止", "配信停止", "ストップ", "配信解除", "解除", "退会"],
            Requests = ["(配信|メール|メッセージ|sms|ショートメール|送信|受信) [を|の] (停止|解除|中止|ストップ|拒否|やめて|止めて|とめて) [を] [して] [ください|下さい|くださいませ|お願いします|お願い致します|お願いいたします|希望|希望します|願います]", "(停止|解除|退会|登録解除|登録を解除|中止|登録を削除|登録削除) [して|を] [ください|下さい|お願いします|お願い致します|お願いいたします|希望|希望します]", "[もう] [sms|メール|メッセージ|ショートメール|これ以上] [を|は] (送らないで|送信しないで|送ってこないで|よこさないで|送るのをやめて|送るのやめて|いりません|不要です|要りません|結構です|送るな) [ください|下さい|もらえますか]", "(やめて|止めて) (ください|下さい)", "配信 (不要|不要です|はいりません)"],
            Courtesy = ["お願いします", "おねがいします", "お願い致します", "すみません", "すいません", "ありがとうございます", "ありがとう", "こんにちは", "至急", "今すぐ", "すぐに", "番号が違います", "間違いです", "番号間違いです", "人違いです"],
            UnclearAlone = ["番号が違います", "[番号] 間違いです", "人違いです"],
        },
        new()
        {
            Code = "ko",
            IsUnspaced = true,
            Words = ["수신거부", "중지", "그만", "거부", "해지", "수신거부합니다"],
            Requests = ["[문자|메시지|광고|메세지] (수신거부|수신을 거부|수신 거부) [합니다|해주세요|할게요|요청|요청합니다|부탁드립니다|해 주세요]", "[더 이상|이제|제발] [문자|메시지|메세지|광고|sms] [좀|를|을|그만] (보내지 마세요|보내지 마십시오|보내지마세요|보내지 말아주세요|그만 보내세요|그만보내세요|그만 보내주세요|그만 보내|보내지마|중지해주세요|중단해주세요|중단해 주세요|그만해주세요|그만하세요)", "(제 번호|내 번호|번호|저) [를|을] (삭제해주세요|지워주세요|빼주세요|삭제해 주세요|삭제 바랍니다)", "연락 (하지 마세요|하지마세요)"],
            Courtesy = ["부탁드립니다", "부탁합니다", "부탁드려요", "감사합니다", "고맙습니다", "제발", "안녕하세요", "죄송합니다", "잘못 보내셨습니다", "번호가 틀렸습니다", "잘못된 번호입니다", "지금", "당장"],
            UnclearAlone = ["잘못 보내셨(어요|습니다)", "번호가 틀렸습니다", "잘못된 번호입니다"],
        },
    ];
}
