using System.Globalization;
using BulkSms.Common;
using BulkSms.Health;
using BulkSms.Http;
using BulkSms.Twilio;
using BulkSms.Twilio.Account;

namespace BulkSms.Doctor;

/// <summary>This app: whether Twilio reaches it, its clock, its storage, its secrets, its version.</summary>
internal static class OwnLines
{
    /// <summary>How far back Twilio's record of failed webhooks is read.</summary>
    public static readonly TimeSpan AlertsSpan = TimeSpan.FromHours(24);

    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);
    private static readonly TimeSpan ClockWarns = TimeSpan.FromSeconds(5);

    /// <summary>Messages are looked for in Twilio's list from a minute before they were sent: half of it is left.</summary>
    private static readonly TimeSpan ClockFails = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan OldSecret = TimeSpan.FromDays(365);
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(30);
    private const int SlowStorage = 1000;
    private static readonly string[] Webhooks = [Routes.StatusWebhook, Routes.OptOutWebhook, Routes.ClickWebhook];

    public static IEnumerable<DoctorLine> Of(DoctorFacts facts) =>
    [
        Callbacks(facts).Line("webhookFailures", "By status callbacks you learn what became of each message within seconds, by the inbound webhook who opts out, and by click callbacks who follows a short link."),
        Clock(facts.Account).Line("clock", "A message of unknown outcome is found in Twilio's list by its time: with a clock that is off it would be missed, and sent again."),
        Finding.Of(facts.Storage, Storage).Line("storage", "Nothing is accepted, sent or recorded without it."),
        Secrets(facts).Line("secrets", "Who has an old token can send on your account until it is rotated."),
        Finding.Ok($"BulkSms {facts.Own.Version} on {facts.Own.Runtime}.").Line("version", "You are asked for it when you ask for help."),
    ];

    private static Finding Callbacks(DoctorFacts facts)
    {
        if (facts.Own.PublicBaseUrl is not { } root)
        {
            return Finding.Warning(
                "This app has no public address: Twilio does not call back, and is asked about each message instead.", "Set Webhooks__PublicBaseUrl to the address at which Twilio reaches this app.");
        }

        if (root.IsLoopback && !facts.Own.IsSimulated)
        {
            return Finding.Failure("The public address is this machine's own, which Twilio cannot reach.", "Set Webhooks__PublicBaseUrl to the address at which Twilio reaches this app.");
        }

        return Finding.Of(facts.Alerts, alerts =>
        {
            var ours = alerts.Where(alert => RouteOf(alert.Url, root) is not null && facts.Now - alert.At <= AlertsSpan).OrderByDescending(alert => alert.At).ToArray();
            if (ours is not [var last, ..])
            {
                return Finding.Ok("Twilio has recorded no failed call in the last 24 hours.");
            }

            var routes = string.Join(" and ", ours.Select(alert => RouteOf(alert.Url, root)!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            var found = $"Twilio has recorded {ours.Length} failed {(ours.Length == 1 ? "call" : "calls")} of {routes} in the last 24 hours, the last at {UtcTime.Write(last.At)}{(last.Code.Length > 0 ? $" (code {last.Code})" : "")}.";
            const string LookUp = "Look the code up in Twilio's error dictionary. Is the app at Webhooks__PublicBaseUrl reachable from outside, and does its log show the calls?";
            return facts.Now - last.At <= Recent ? Finding.Failure(found, LookUp) : Finding.Warning(found, LookUp);
        });
    }

    // The address of a call names a message: only its route is told.
    private static string? RouteOf(Uri url, Uri root) => Uri.Compare(url, root, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        ? Array.Find(Webhooks, route => url.AbsolutePath.TrimEnd('/') == $"/{Routes.Prefix}/{route}")
        : null;

    private static Finding Clock(Asked<AccountFact> account) => Finding.Of(account, known => known.Clock is not { } clock
        ? Finding.Unknown("Twilio's answer had no date.", "Ask again.")
        : clock.OffAtLeast switch
        {
            var off when off > ClockFails => Finding.Failure(Off(clock), "Let the machine's clock be set by a time server (NTP)."),
            var off when off > ClockWarns => Finding.Warning(Off(clock), "Let the machine's clock be set by a time server (NTP)."),
            _ => Finding.Ok("It agrees with Twilio's."),
        });

    private static string Off(TwilioClock clock) => string.Create(
        CultureInfo.InvariantCulture, $"It is about {clock.Ahead.Duration().TotalSeconds:0} seconds {(clock.Ahead > TimeSpan.Zero ? "ahead of" : "behind")} Twilio's.");

    private static Finding Storage(IReadOnlyList<HealthCheckView> parts)
    {
        var down = parts.Where(part => part.Status != HealthChecks.Up).Select(part => part.Part).ToArray();
        var slowest = parts.Max(part => part.Milliseconds);
        var took = string.Create(CultureInfo.InvariantCulture, $"{slowest} ms");
        return down.Length > 0 ? Finding.Failure($"No answer from {string.Join(", ", down)}.", "Look at the storage account: does it run, and may this app's identity use it?")
            : slowest >= SlowStorage ? Finding.Warning($"It answers, the slowest part after {took}.", "Look at the storage account's metrics: is it throttled, or far away?")
            : Finding.Ok($"It answers, the slowest part after {took}.");
    }

    private static Finding Secrets(DoctorFacts facts) => !facts.Own.HasVault
        ? Finding.Unknown(facts.AuthToken.Trouble, "Keep them in a Key Vault (KeyVault__Uri), which says when they were written.")
        : Finding.Of(facts.AuthToken, token => token switch
        {
            { ExpiresAt: { } expires } when expires <= facts.Now => Finding.Warning($"The auth token is to be replaced since {UtcTime.Write(expires)}.", Rotate),
            { ExpiresAt: { } expires } when expires - facts.Now <= ExpiresSoon => Finding.Warning($"The auth token is to be replaced until {UtcTime.Write(expires)}.", Rotate),
            { CreatedAt: { } created } when facts.Now - created >= OldSecret => Finding.Warning($"The auth token is in the vault since {Days(facts.Now - created)}.", Rotate),
            { CreatedAt: { } created } => Finding.Ok($"The auth token is in the vault since {Days(facts.Now - created)}."),
            _ => Finding.Unknown("The vault does not say how old the auth token is."),
        });

    private const string Rotate = "Rotate the auth token in Twilio's console, and write the new one with deploy/secrets.sh VAULT and REPLACE_SECRETS=1.";

    private static string Days(TimeSpan age) => (int)age.TotalDays is var days && days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, days)} days");
}
