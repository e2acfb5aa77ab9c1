using BulkSms.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Replies;

/// <summary>Registers what is kept of texts from phones.</summary>
public static class RepliesServices
{
    public static IServiceCollection AddReplies(this IServiceCollection services, IConfiguration configuration) => services
        .AddChecked<ReplyOptions, ReplyOptionsValidator>(configuration, ReplyOptions.Section)
        .AddSingleton<ReplyTable>()
        .AddSingleton<ReplyEndpoint>();
}
