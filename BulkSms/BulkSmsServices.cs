using BulkSms.Api;
using BulkSms.Audit;
using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Doctor;
using BulkSms.Estimates;
using BulkSms.Events;
using BulkSms.Health;
using BulkSms.Http;
using BulkSms.OptOuts;
using BulkSms.Outbox;
using BulkSms.Poison;
using BulkSms.Profiles;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Replies;
using BulkSms.Retention;
using BulkSms.Security;
using BulkSms.Sending;
using BulkSms.SendingControl;
using BulkSms.StatusCallbacks;
using BulkSms.Storage;
using BulkSms.Telemetry;
using BulkSms.Twilio;
using BulkSms.Unreachable;
using BulkSms.WebConsole;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BulkSms;

/// <summary>The registration that every host calls. A host adds its triggers. Each folder registers its own services, from the lowest floor up.</summary>
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
        services.AddOptions<SettingNames>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SettingNames>>(provider => new SettingNamesValidator(configuration, provider.GetServices<KnownSection>()));
        return services
            .AddMetrics()
            .AddStorage(configuration)
            .AddChecked<TelemetryOptions, TelemetryOptionsValidator>(configuration, TelemetryOptions.Section)
            .AddSingleton<BroadcastMetrics>()
            .AddSingleton<RequestGuard>()
            .AddOutbox(configuration)
            .AddSingleton<FinishedRecipients>()
            .AddSingleton<RecipientTable>()
            .AddRequests()
            .AddSecurity(configuration)
            .AddProfiles(configuration)
            .AddUnreachable(configuration)
            .AddReplies(configuration)
            .AddAudit(configuration)
            .AddBroadcasts(configuration)
            .AddSendingControl(configuration)
            .AddQueues()
            .AddTwilio(configuration)
            .AddOptOuts(configuration)
            .AddSending(configuration)
            .AddEstimates(configuration)
            .AddPoison()
            .AddStatusCallbacks(configuration)
            .AddRetention(configuration)
            .AddEvents(configuration)
            .AddDoctor()
            .AddDispatch()
            .AddApi()
            .AddConsole(configuration)
            .AddSingleton(services => new ApiEndpointTable(services, ApiEndpoints.All))
            .AddSingleton<HealthChecks>()
            .AddSingleton<HealthEndpoints>();
    }

#pragma warning disable RS0030 // the one place where chance comes from; unlike new Random(), it is safe for many threads
    private static Random Chance => Random.Shared;
#pragma warning restore RS0030
}
