using System.Collections.Frozen;
using BulkSms.Common;

namespace BulkSms.Lists;

/// <summary>What the column of phone numbers is called, in the languages in which opt-outs are understood. Only letters and digits count, without the marks upon them.</summary>
public static class NumberColumnNames
{
    private static readonly (string Language, string Names)[] Listed =
    [
        ("", "to;sms;msisdn;e164;gsm;whatsapp;tel;telephone;phone;mobile;mobil"),
        ("en", """
            phone number;phone no;phone nr;phone num;mobile number;mobile no;mobile nr;mobile phone;mobile phone number;mobile phone no;phone mobile;cell;cellphone;cell phone number;cell number;cell no;
            cellular;phone cell;telephone number;telephone no;tel number;tel no;tel nr;tel mobile;contact number;contact no;contact phone;contact phone number;contact mobile;sms number;
            text number;whatsapp number;customer phone;customer phone number;customer mobile;client phone;client mobile;guest phone;guest mobile;patient phone;patient mobile;member phone;
            member mobile;parent phone;parent mobile;recipient phone;recipient number;user phone;primary phone;main phone;home phone;home phone number;phone home;work phone;phone work;
            business phone;company phone;office phone;personal phone;personal mobile;private phone;other phone;primary mobile;phone value;mobile value;your phone number;your mobile number;
            gsm number;handphone;handphone number;daytime phone;evening phone;billing phone;shipping phone;phone e164
            """),
        ("de", """
            telefon;telefonnummer;telefonnr;telefon nr;tel nummer;telnr;telnummer;handy;handynummer;handynr;handy nr;mobilnummer;mobilnr;mobiltelefon;mobiltelefonnummer;mobilfunk;
            mobilfunknummer;mobilrufnummer;rufnummer;telefon mobil;mobil telefon;tel mobil;telefon privat;telefon geschäftlich;telefon dienstlich;telefon arbeit;handy privat;handy geschäftlich;mobil privat;mobil geschäftlich;festnetz;
            festnetznummer;natel;natelnummer;sms nummer
            """),
        ("es", """
            teléfono;número de teléfono;número telefónico;teléfono móvil;móvil;número de móvil;número móvil;celular;número de celular;número celular;teléfono celular;tlf;tfno;tfno móvil;tlf móvil;tel móvil;
            n de teléfono;no de teléfono;nro de teléfono;nº teléfono;num teléfono;nro teléfono;teléfono fijo;teléfono de contacto;cel
            """),
        ("fr", """
            téléphone;numéro de téléphone;numéro téléphone;num téléphone;n de téléphone;n téléphone;no de téléphone;no téléphone;n tél;num tél;téléphone portable;téléphone mobile;téléphone fixe;portable;numéro de portable;
            numéro portable;numéro de mobile;numéro mobile;n de portable;n portable;n mobile;tél portable;tél mobile;tél fixe
            """),
        ("pt", "telefone;número de telefone;telemóvel;número de telemóvel;celular;número de celular;número do celular;telefone celular;telefone móvel;nº de telefone;nº telefone;n telefone;nº telemóvel;n telemóvel;fone;telefone fixo;tlm;tlf"),
        ("it", "telefono;numero di telefono;numero telefono;numero telefonico;cellulare;numero di cellulare;numero cellulare;n cellulare;n telefono;telefono cellulare;telefono mobile;telefonino;tel cellulare;cell;tel cell;recapito telefonico"),
        ("nl", "telefoon;telefoonnummer;telefoonnr;telefoon nr;mobiel;mobiel nummer;mobiele nummer;mobiele telefoon;mobiel telefoonnummer;mobiele telefoonnummer;gsm nummer;gsm nr;telnr;tel nr;mobielnr;06 nummer;telefoon mobiel"),
        ("pl", "telefon;numer telefonu;nr telefonu;nr tel;numer tel;komórka;telefon komórkowy;numer komórkowy;nr komórki;numer komórki;tel komórkowy;tel kom;telefon kontaktowy"),
        ("sv", "telefon;telefonnummer;telefonnr;mobil;mobilnummer;mobilnr;mobiltelefon;mobiltelefonnummer;tel nr;telnr"),
        ("da", "telefon;telefonnummer;telefonnr;mobil;mobilnummer;mobilnr;mobiltelefon;tlf;tlf nr;tlfnr;mobil tlf;mobiltlf"),
        ("nb", "telefon;telefonnummer;telefonnr;mobil;mobilnummer;mobilnr;mobiltelefon;tlf;tlf nr;tlfnr;mobil tlf"),
        ("fi", "puhelin;puhelinnumero;matkapuhelin;matkapuhelinnumero;kännykkä;kännykkänumero;puh;puhnro;puh nro;gsm numero"),
        ("cs", "telefon;telefonní číslo;číslo telefonu;tel číslo;mobil;mobilní telefon;mobilní číslo;číslo mobilu;mobilní tel"),
        ("tr", "telefon;telefon numarası;telefon no;tel no;cep;cep telefonu;cep tel;cep no;cep numarası;cep telefonu numarası;gsm no;gsm numarası;mobil;iletişim numarası"),
        ("ro", "telefon;număr de telefon;număr telefon;numărul de telefon;nr telefon;nr de telefon;nr tel;mobil;telefon mobil;număr mobil;celular"),
        ("ru", "телефон;номер телефона;мобильный;мобильный телефон;мобильный номер;номер мобильного;номер мобильного телефона;моб телефон;моб тел;моб;сотовый;сотовый телефон;тел;номер тел;контактный телефон"),
        ("uk", "телефон;номер телефону;мобільний;мобільний телефон;мобільний номер;номер мобільного;моб телефон;моб тел;тел;контактний телефон"),
        ("el", "τηλέφωνο;κινητό;κινητό τηλέφωνο;αριθμός τηλεφώνου;αριθμός κινητού;τηλ;κιν;τηλέφωνο επικοινωνίας"),
        ("ar", "هاتف;الهاتف;رقم الهاتف;رقم هاتف;جوال;الجوال;رقم الجوال;موبايل;الموبايل;رقم الموبايل;محمول;المحمول;رقم المحمول;تليفون;التليفون;تلفون;رقم التليفون;الهاتف المحمول;الهاتف الجوال;رقم التلفون"),
        ("he", "טלפון;מספר טלפון;מס טלפון;נייד;טלפון נייד;מספר נייד;סלולרי;טלפון סלולרי;פלאפון;מספר פלאפון"),
        ("hi", "फ़ोन;फोन;फ़ोन नंबर;फोन नंबर;मोबाइल;मोबाइल नंबर;मोबाइल नम्बर;दूरभाष;फ़ोन नम्बर;मोबाईल;मोबाईल नंबर"),
        ("id", "telepon;nomor telepon;no telepon;telp;no telp;nomor telp;hp;no hp;nomor hp;ponsel;nomor ponsel;no ponsel;nomor wa;no wa;nomor whatsapp;handphone"),
        ("vi", "điện thoại;số điện thoại;sđt;sdt;di động;số di động;điện thoại di động;số đt;đt"),
        ("zh", "电话;手机;手机号;手机号码;电话号码;联系电话;移动电话;联系方式;電話;手機;手機號;手機號碼;電話號碼;聯絡電話;聯繫電話;行動電話"),
        ("ja", "電話;電話番号;携帯;携帯電話;携帯番号;携帯電話番号;ケータイ;連絡先電話番号;お電話番号;携帯電話の番号;TEL"),
        ("ko", "전화;전화번호;휴대폰;휴대전화;휴대폰번호;휴대전화번호;휴대폰 번호;핸드폰;핸드폰번호;연락처;모바일;연락처 번호"),
    ];

    private static readonly FrozenDictionary<string, string[]> Languages = Listed
        .SelectMany(each => each.Names.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => (Key: ForgivingName.LettersOf(name), each.Language)))
        .Where(each => each.Key.Length > 0)
        .GroupBy(each => each.Key, each => each.Language, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    /// <summary>The languages in which a column of that name holds phone numbers (ISO 639; empty: in many); null: in none.</summary>
    public static IReadOnlyList<string>? LanguagesOf(string name) => Languages.TryGetValue(KeyOf(name), out var languages) ? languages : null;

    /// <summary>Whether a column of that name holds phone numbers.</summary>
    public static bool Has(string name) => Languages.ContainsKey(KeyOf(name));

    // "Number of" before it says no more than it does itself.
    private static readonly string[] Prefixes = ["NUMERODEL", "NUMERODE", "NUMERODO", "NUMERODI", "NRODE", "NUMDE", "NODE", "NRDE", "NDE", "NODO", "NUMERO"];

    // One of several is numbered: Phone 1, Phone 2 - Value.
    private static string KeyOf(string name)
    {
        var letters = ForgivingName.LettersOf(name);
        if (Languages.ContainsKey(letters))
        {
            return letters;
        }

        if (Array.Find(Prefixes, prefix => letters.StartsWith(prefix, StringComparison.Ordinal) && Languages.ContainsKey(letters[prefix.Length..])) is { } found)
        {
            return letters[found.Length..];
        }

        return letters.EndsWith("VALUE", StringComparison.Ordinal) ? letters[..^5].TrimEnd("0123456789".ToCharArray()) : letters.TrimEnd("0123456789".ToCharArray());
    }
}
