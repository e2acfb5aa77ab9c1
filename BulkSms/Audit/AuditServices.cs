using BulkSms.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Audit;

/// <summary>Registers the audit log.</summary>
public static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        return services
            .AddChecked<AuditOptions, AuditOptionsValidator>(configuration, AuditOptions.Section)
            .AddSingleton<AuditTable>()
            .AddSingleton<AuditLog>();
    }
}
