using System.Globalization;
using System.Net;
using BulkSms.Twilio.Account;

namespace BulkSms.Doctor;

/// <summary>The account: whether it is let in, may send, and can pay.</summary>
internal static class AccountLines
{
    /// <summary>A balance below this, in its own currency, is soon used up.</summary>
    private const decimal LowBalance = 10;

    public static IEnumerable<DoctorLine> Of(DoctorFacts facts) =>
    [
        Credentials(facts).Line("credentials", "Without them nothing is sent, no webhook is believed, and no doubt about a message is resolved."),
        Finding.Of(facts.Account, Account).Line("account", "Twilio sends nothing for an account that is not active, and a trial account texts verified numbers only."),
        Balance(facts).Line("balance", "Twilio suspends an account whose balance is used up, in the middle of a broadcast."),
    ];

    private static Finding Credentials(DoctorFacts facts) => facts.Account.Status switch
    {
        _ when !facts.HasCredentials => Finding.Failure("They cannot be read.", "Look at the vault: does it have both secrets, and may this app's identity read them?"),
        _ when facts.Account.IsKnown => Finding.Ok("Twilio accepts them."),
        (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden => Finding.Failure(
            "Twilio refuses them.", "Write the account SID and the auth token of the account to where this app reads them: deploy/secrets.sh VAULT with REPLACE_SECRETS=1."),
        (int)HttpStatusCode.NotFound => Finding.Failure("Twilio knows no account of this SID.", "Compare the account SID with the one that Twilio's console shows."),
        _ => Finding.NotAsked(facts.Account),
    };

    private static Finding Account(AccountFact account) => account switch
    {
        { Status: not "active" } => Finding.Failure($"Twilio says that it is {Known(account.Status)}.", "Ask Twilio's support what it needs to be active again."),
        { Type: "Trial" } => Finding.Warning("It is a trial account.", "Upgrade it in Twilio's console before you text anyone whose number you have not verified there."),
        { IsSubaccount: true } => Finding.Ok("It is active. It is a subaccount."),
        _ => Finding.Ok("It is active."),
    };

    private static Finding Balance(DoctorFacts facts) => facts.Account is { IsKnown: true, Value.IsSubaccount: true } && !facts.Balance.IsKnown
        ? Finding.Unknown("It is a subaccount: its parent pays.", "Look at the parent's balance in Twilio's console.")
        : Finding.Of(facts.Balance, balance => balance.Amount switch
        {
            <= 0 => Finding.Failure($"{Money(balance)} are left.", "Add funds in Twilio's console, and switch automatic recharge on."),
            < LowBalance => Finding.Warning($"{Money(balance)} are left.", "Add funds in Twilio's console, or switch automatic recharge on."),
            _ => Finding.Ok($"{Money(balance)} are left."),
        });

    private static string Money(BalanceFact balance) => string.Create(CultureInfo.InvariantCulture, $"{balance.Amount:0.00} {Known(balance.Currency)}");

    // Twilio's words are shown where they are words.
    private static string Known(string word) => word.Length is > 0 and <= 20 && word.All(char.IsAsciiLetter) ? word : "something unknown";
}
