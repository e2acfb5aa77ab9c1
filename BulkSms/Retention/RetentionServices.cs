using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Retention.People;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Retention;

/// <summary>Registers erasing.</summary>
public static class RetentionServices
{
    private static IServiceCollection AddPeople(this IServiceCollection services, IConfiguration configuration) => services
        .AddChecked<PeopleOptions, PeopleOptionsValidator>(configuration, PeopleOptions.Section)
        .AddSingleton<PersonJobs>()
        .AddSingleton<ResultBlobs>()
        .AddSingleton<PersonInBroadcasts>()
        .AddSingleton<ErasureTimes>()
        .AddSingleton<ErasePersonFromBroadcast>()
        .AddSingleton<EraseUnread>()
        .AddSingleton<IPersonalData, ErasePersonFromAudit>()
        .AddSingleton<IPersonalData, ErasePersonFromUnreachable>()
        .AddSingleton<IPersonalData, ErasePersonFromReplies>()
        .AddSingleton<IPersonalData, ErasePersonFromEvents>()
        .AddSingleton<ExportPerson>()
        .AddSingleton<ErasePerson>()
        .AddSingleton<RunPersonJobs>()
        .AddSingleton<PeopleEndpoints>();

    public static IServiceCollection AddRetention(this IServiceCollection services, IConfiguration configuration)
    {
        return services
            .AddChecked<RetentionOptions, RetentionOptionsValidator>(configuration, RetentionOptions.Section)
            .AddSingleton<ErasedElsewhere>()
            .AddSingleton<EraseBroadcast>()
            .AddSingleton<EraseEndpoint>()
            .AddSingleton<EraseListed>()
            .AddSingleton<ForgetKeys>()
            .AddSingleton<TrimEvents>()
            .AddSingleton<TrimCounts>()
            .AddSingleton<TrimTables>()
            .AddSingleton<PurgeOld>()
            .AddPeople(configuration);
    }
}
