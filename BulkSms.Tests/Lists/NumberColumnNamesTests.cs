using BulkSms.Lists;
using BulkSms.OptOuts;

namespace BulkSms.Tests.Lists;

public sealed class NumberColumnNamesTests
{
    [Theory]
    [InlineData("to")]
    [InlineData("Phone")]
    [InlineData("PHONE NUMBER")]
    [InlineData("phone_number")]
    [InlineData("Phone-No.")]
    [InlineData("\u200bphone\u00a0")]
    [InlineData("Mobile #")]
    [InlineData("Phone 1 - Value")]
    [InlineData("Phone 2")]
    [InlineData("E.164")]
    [InlineData("Handy-Nr.")]
    [InlineData("Telefon (mobil)")]
    [InlineData("N° de téléphone")]
    [InlineData("Tél. portable")]
    [InlineData("Móvil")]
    [InlineData("Mo\u0301vil")]
    [InlineData("Nº de teléfono móvil")]
    [InlineData("Telemóvel")]
    [InlineData("Numero di cellulare")]
    [InlineData("Mobiel nummer")]
    [InlineData("Numer telefonu")]
    [InlineData("Puhelinnumero")]
    [InlineData("Číslo telefonu")]
    [InlineData("Cep Telefonu")]
    [InlineData("Номер телефона")]
    [InlineData("Мобільний телефон")]
    [InlineData("Κινητό")]
    [InlineData("رقم الجوال")]
    [InlineData("מספר טלפון")]
    [InlineData("मोबाइल नंबर")]
    [InlineData("No. HP")]
    [InlineData("Số điện thoại")]
    [InlineData("手机号码")]
    [InlineData("携帯番号")]
    [InlineData("전화번호")]
    public void Has_NameOfNumbers_IsKnown(string name) => Assert.True(NumberColumnNames.Has(name));

    [Theory]
    [InlineData("")]
    [InlineData("name")]
    [InlineData("number")]
    [InlineData("Customer number")]
    [InlineData("Fax")]
    [InlineData("Phone 1 - Label")]
    [InlineData("Phone type")]
    [InlineData("Has phone")]
    [InlineData("No phone")]
    [InlineData("Emergency contact phone")]
    [InlineData("token")]
    public void Has_OtherName_IsNone(string name) => Assert.False(NumberColumnNames.Has(name));

    [Fact]
    public void LanguagesOf_Names_AreThoseOfTheOptOutWords()
    {
        string[] samples = ["phone number", "móvil", "portable", "Handy", "telemóvel", "cellulare", "mobiel", "komórka", "telefonnummer", "puhelin", "číslo telefonu", "cep", "număr de telefon", "сотовый", "номер телефону", "κινητό", "جوال", "נייד", "मोबाइल", "ponsel", "di động", "手机", "携帯", "핸드폰"];

        Assert.Empty(OptOutWords.Stop.Keys.Except(samples.SelectMany(sample => NumberColumnNames.LanguagesOf(sample)!), StringComparer.Ordinal));
    }
}
