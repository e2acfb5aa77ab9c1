using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Api;

/// <summary>Registers the endpoints of broadcasts.</summary>
public static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        return services
            .AddSingleton<RecipientPages>()
            .AddSingleton<StartFanOut>()
            .AddSingleton<RepeatBroadcast>()
            .AddSingleton<CheckBroadcast>()
            .AddSingleton<ReserveUsage>()
            .AddSingleton<CommitBroadcast>()
            .AddSingleton<AcceptBroadcast>()
            .AddSingleton<ListBroadcasts>()
            .AddSingleton<BroadcastEndpoints>()
            .AddSingleton<GetBroadcast>()
            .AddSingleton<LookUpRecipients>()
            .AddSingleton<TestEndpoint>()
            .AddSingleton<SkippedEndpoints>()
            .AddSingleton<ControlEndpoints>()
            .AddSingleton<ApprovalEndpoints>()
            .AddSingleton<SendingEndpoints>()
            .AddSingleton<ProfileEndpoints>()
            .AddSingleton<AuditEndpoint>();
    }
}
