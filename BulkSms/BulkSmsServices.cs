using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Estimates;
using BulkSms.Health;
using BulkSms.Http;
using BulkSms.OptOuts;
using BulkSms.Poison;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Retention;
using BulkSms.Security;
using BulkSms.Sending;
using BulkSms.SendingControl;
using BulkSms.StatusCallbacks;
using BulkSms.Storage;
using BulkSms.Telemetry;
using BulkSms.Twilio;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BulkSms;

/// <summary>The registration that every host calls. A host adds its triggers.</summary>
public static class BulkSmsServices
{
    /// <summary>Time that calls in flight get to end when the process is told to stop: above Twilio's call time-out of 35 s. The process is gone 40 s after.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(38);

    public static IServiceCollection AddBulkSms(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.ConfigureHttpJsonOptions(ApiJson.Configure);
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null); // every body is read up to a limit of ours, which has an answer
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Chance);
        services
            .AddChecked<BroadcastOptions, BroadcastOptionsValidator>(configuration, BroadcastOptions.Section)
            .AddChecked<SendingOptions, SendingOptionsValidator>(configuration, SendingOptions.Section)
            .AddChecked<TwilioOptions, TwilioOptionsValidator>(configuration, TwilioOptions.Section)
            .AddChecked<OptOutOptions, OptOutOptionsValidator>(configuration, OptOutOptions.Section)
            .AddChecked<WebhookOptions, WebhookOptionsValidator>(configuration, WebhookOptions.Section)
            .AddChecked<KeyVaultOptions, KeyVaultOptionsValidator>(configuration, KeyVaultOptions.Section)
            .AddChecked<CallbackOptions, CallbackOptionsValidator>(configuration, CallbackOptions.Section)
            .AddChecked<RetentionOptions, RetentionOptionsValidator>(configuration, RetentionOptions.Section)
            .AddChecked<LimitOptions, LimitOptionsValidator>(configuration, LimitOptions.Section)
            .AddChecked<AuthOptions, AuthOptionsValidator>(configuration, AuthOptions.Section)
            .AddChecked<TelemetryOptions, TelemetryOptionsValidator>(configuration, TelemetryOptions.Section)
            .AddSingleton<IValidateOptions<SendingOptions>, ClaimLeaseValidator>()
            .AddSingleton<IValidateOptions<TwilioOptions>, TwilioBaseUrlValidator>()
            .AddSingleton<IValidateOptions<WebhookOptions>, PublicBaseUrlValidator>();
        services.AddOptions<PriceOptions>().Configure(prices => prices.Take(configuration.GetSection(PriceOptions.Section))).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PriceOptions>, PriceOptionsValidator>().AddSingleton(new KnownSection(PriceOptions.Section, ["*"]));
        services.AddOptions<CallerOptions>().Configure(callers => callers.Take(configuration.GetSection(CallerOptions.Section))).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallerOptions>, CallerOptionsValidator>()
            .AddSingleton(new KnownSection(CallerOptions.Section, [$"*:{CallerOptions.KeyHashesSetting}", $"*:{CallerOptions.KeyHashesSetting}:*"]));
        services.AddOptions<SettingNames>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SettingNames>>(provider => new SettingNamesValidator(configuration, provider.GetServices<KnownSection>()));
        return services
            .AddMetrics()
            .AddStorage(configuration)
            .AddSecrets(configuration)
            .AddTwilioHttpClient()
            .AddSingleton<BearerTokens>()
            .AddSingleton<CallerLimits>()
            .AddSingleton<NamedCallers>()
            .AddSingleton<CallerGate>()
            .AddSingleton<RequestGuard>()
            .AddSingleton<SendMetrics>()
            .AddSingleton<BroadcastMetrics>()
            .AddSingleton<QueueGauges>()
            .AddSingleton<SuspensionGauge>()
            .AddSingleton<RecipientTable>()
            .AddSingleton<FrozenAccount>()
            .AddSingleton<RecipientPages>()
            .AddSingleton<RecipientBlobs>()
            .AddSingleton<BroadcastStore>()
            .AddSingleton<ClosedBroadcasts>()
            .AddSingleton<IdempotencyStore>()
            .AddSingleton<JsonRequestReader>()
            .AddSingleton<UploadReader>()
            .AddSingleton<FormReader>()
            .AddSingleton<RequestReader>()
            .AddSingleton<PreviewEndpoint>()
            .AddSingleton<FanOut>()
            .AddSingleton<RequeuePending>()
            .AddSingleton<CancelPending>()
            .AddSingleton<FanOutJobHandler>()
            .AddSingleton<StartFanOut>()
            .AddSingleton<RepeatBroadcast>()
            .AddSingleton<CheckBroadcast>()
            .AddSingleton<CommitBroadcast>()
            .AddSingleton<AcceptBroadcast>()
            .AddSingleton<SetAsideDoubtful>()
            .AddSingleton<ReconcileAfterRestore>()
            .AddSingleton<Sweeper>()
            .AddSingleton<SweepControls>()
            .AddSingleton<SweepBroadcast>()
            .AddSingleton<FinishFanOut>()
            .AddSingleton<RequeueForgotten>()
            .AddSingleton<CompleteBroadcast>()
            .AddSingleton<SweepRows>()
            .AddSingleton<EraseBroadcast>()
            .AddSingleton<EraseEndpoint>()
            .AddSingleton<EraseListed>()
            .AddSingleton<ForgetKeys>()
            .AddSingleton<PurgeOld>()
            .AddSingleton<SweepWork>()
            .AddSingleton<SweepTurn>()
            .AddSingleton<BroadcastEndpoints>()
            .AddSingleton<ControlTable>()
            .AddSingleton<ControlCache>()
            .AddSingleton<ReconciliationTable>()
            .AddSingleton<ControlEndpoints>()
            .AddSingleton<SendingEndpoints>()
            .AddSingleton<OutboundQueue>()
            .AddSingleton<PoisonQueue>()
            .AddSingleton<FanOutQueue>()
            .AddSingleton<OptOutList>()
            .AddSingleton<PoisonTable>()
            .AddSingleton<DeadLetterHandler>()
            .AddSingleton<FilePoison>()
            .AddSingleton<ReplayEntry>()
            .AddSingleton<ReplayPoison>()
            .AddSingleton<PoisonEndpoints>()
            .AddSingleton<CountryStops>()
            .AddSingleton<ResultWatch>()
            .AddSingleton<SuspendSending>()
            .AddSingleton<ProbeSuspension>()
            .AddSingleton<OptOutCache>()
            .AddSingleton<WaitingRows>()
            .AddSingleton<ApplyOptOuts>()
            .AddSingleton<ReviewList>()
            .AddSingleton<ReviewHolds>()
            .AddSingleton<ReleaseHolds>()
            .AddSingleton<ReviewActions>()
            .AddSingleton<ReviewEndpoints>()
            .AddSingleton<HearTexts>()
            .AddSingleton<MissedTexts>()
            .AddSingleton<EnqueueSendJobs>()
            .AddSingleton<ChangeOptOuts>()
            .AddSingleton<OptOutImport>()
            .AddSingleton<OptOutCursor>()
            .AddSingleton<OptOutEndpoints>()
            .AddSingleton<OptOutWebhook>()
            .AddSingleton<CircuitReport>()
            .AddSingleton<CircuitBreaker>()
            .AddSingleton<SendRateLimiter>()
            .AddSingleton<SendGate>()
            .AddSingleton<ISmsSender, TwilioSmsSender>()
            .AddSingleton<CallProvider>()
            .AddSingleton<ClaimLedger>()
            .AddSingleton<WritePoison>()
            .AddSingleton<RetrySchedule>()
            .AddSingleton<ChangeRecipient>()
            .AddSingleton<ContinueRecipient>()
            .AddSingleton<SendClock>()
            .AddSingleton<SendPermission>()
            .AddSingleton<ClaimSend>()
            .AddSingleton<MakeCall>()
            .AddSingleton<SendResultHandler>()
            .AddSingleton<TwilioMessages>()
            .AddSingleton<PollMissing>()
            .AddSingleton<AutoPause>()
            .AddSingleton<ReconcileUnconfirmed>()
            .AddSingleton<SendSms>()
            .AddSingleton<StatusCallbackUrl>()
            .AddSingleton<ApplyStatusCallback>()
            .AddSingleton<SignedForms>()
            .AddSingleton<StatusCallbackEndpoint>()
            .AddSingleton<HealthEndpoints>();
    }

#pragma warning disable RS0030 // the one place where chance comes from; unlike new Random(), it is safe for many threads
    private static Random Chance => Random.Shared;
#pragma warning restore RS0030

    private static IServiceCollection AddChecked<TOptions, TValidator>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>, new()
    {
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateOnStart();
        return services.AddSingleton(KnownSection.Of<TOptions>(section)).AddSingleton<IValidateOptions<TOptions>>(new SectionValidator<TOptions, TValidator>(section));
    }

    private static IServiceCollection AddSecrets(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetValue<Uri?>($"{KeyVaultOptions.Section}:{nameof(KeyVaultOptions.Uri)}") is { } vault)
        {
            services.AddSingleton(new SecretClient(vault, new DefaultAzureCredential(new DefaultAzureCredentialOptions
            {
                ManagedIdentityClientId = configuration["AZURE_CLIENT_ID"],
            })));
        }

        return services.AddSingleton<TwilioCredentialsSource>().AddHostedService<TwilioCredentialsCheck>();
    }
}
