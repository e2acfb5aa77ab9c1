using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Registers reading requests.</summary>
public static class RequestsServices
{
    public static IServiceCollection AddRequests(this IServiceCollection services)
    {
        return services
            .AddSingleton<JsonRequestReader>()
            .AddSingleton<UploadReader>()
            .AddSingleton<FormReader>()
            .AddSingleton<RequestReader>();
    }
}
