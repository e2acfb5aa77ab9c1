using System.Runtime.InteropServices;
using BulkSms.Common;
using BulkSms.Health;
using BulkSms.OptOuts;
using BulkSms.Profiles;
using BulkSms.Sending;
using BulkSms.Twilio;
using BulkSms.Twilio.Account;
using Microsoft.Extensions.Options;

namespace BulkSms.Doctor;

/// <summary>
/// Asks everything that the doctor judges: Twilio, the vault and storage, a few at a time, and all within a limit. What has no answer by then is unknown. Nothing is kept: the next
/// call asks anew, with the credentials of then.
/// </summary>
public sealed class GatherFacts(
    TwilioAccount twilio, TwilioAccounts accounts, SecretAges secrets, HealthChecks health, IOptions<TwilioOptions> account, IOptions<WebhookOptions> webhooks, OwnLimits limits, TimeProvider time)
{
    /// <summary>How long all questions together may take.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>How long one may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Questions at a time: messages are being sent on the same account.</summary>
    private const int AtATime = 4;

    /// <param name="profile">Whose account, Messaging Service and rate.</param>
    /// <param name="countries">The countries to ask about; none: those of the senders.</param>
    /// <param name="stop">The caller has gone.</param>
    public async Task<DoctorFacts> RunAsync(Profile profile, IReadOnlyList<string> countries, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        using var places = new SemaphoreSlim(AtATime);
        using var ownPlaces = new SemaphoreSlim(AtATime);
        var (round, ownRound) = (new Round(places, time, either.Token), new Round(ownPlaces, time, either.Token)); // what is ours does not wait for Twilio
        var service = accounts.ServiceOf(profile);
        var own = await ownRound.AskAsync(async token => Asked.Known(await accounts.Of(profile).GetAsync(token)), "The credentials cannot be read.");

        Task<Asked<T>> Ask<T>(Func<TwilioCredentials, CancellationToken, Task<Asked<T>>> ask)
            where T : class => own.IsKnown ? round.AskAsync(token => ask(own.Value, token)) : Task.FromResult(Asked.WithoutCredentials<T>(own.Trouble));

        var of = Ask(twilio.AccountAsync);
        var balance = Ask(twilio.BalanceAsync);
        var settings = Ask((who, token) => twilio.ServiceAsync(who, service, token));
        var links = Ask((who, token) => twilio.LinksAsync(who, service, token));
        var senders = Ask((who, token) => twilio.SendersAsync(who, service, token));
        var campaigns = Ask((who, token) => twilio.CampaignsAsync(who, service, token));
        var brands = Ask(twilio.BrandsAsync);
        var tollFree = Ask(twilio.TollFreeAsync);
        var permissions = Ask((who, token) => twilio.PermissionsAsync(who, countries, token));
        var alerts = Ask((who, token) => twilio.AlertsAsync(who, now - OwnLines.AlertsSpan, token));
        var storage = ownRound.AskAsync(async token => Asked.Known(await health.StorageAsync(token)), "Storage was not asked in time.");
        var secret = ownRound.AskAsync(token => secrets.AuthTokenAsync(profile, token), "Key Vault did not answer in time.");
        return new()
        {
            HasCredentials = own.IsKnown, Account = await of, Balance = await balance, Service = await settings, Links = await links, Senders = await senders, Campaigns = await campaigns,
            Brands = await brands, TollFree = await tollFree, Permissions = await permissions, Alerts = await alerts, Storage = await storage, AuthToken = await secret, Countries = countries, Now = now,
            Own = new(
                webhooks.Value.PublicBaseUrl, account.Value.BaseUrl.IsLoopback, limits.SegmentsPerSecondOf(profile), limits.ReadsInbound, secrets.HasVault, BuildVersion.Current,
                RuntimeInformation.FrameworkDescription),
        };
    }

    /// <summary>The questions of one call.</summary>
    private sealed class Round(SemaphoreSlim places, TimeProvider time, CancellationToken end)
    {
        // What ignores its token is left behind: the answer does not wait for it.
        public async Task<Asked<T>> AskAsync<T>(Func<CancellationToken, Task<Asked<T>>> ask, string? trouble = null)
            where T : class
        {
            try
            {
                await places.WaitAsync(end);
            }
            catch (OperationCanceledException e)
            {
                return Asked.Failed<T>(e);
            }

            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, end);
            try
            {
                return await ask(either.Token).WaitAsync(either.Token);
            }
            catch (Exception e)
            {
                return trouble is null ? Asked.Failed<T>(e) : Asked.Unknown<T>(trouble);
            }
            finally
            {
                places.Release();
            }
        }
    }
}

/// <summary>What of other settings the doctor needs.</summary>
public sealed class OwnLimits(SendingRates rates, IOptions<OptOutOptions> optOuts)
{
    public double SegmentsPerSecondOf(Profile profile) => rates.Of(profile.Name);

    public bool ReadsInbound => optOuts.Value.ReadInboundEvery > TimeSpan.Zero;
}
