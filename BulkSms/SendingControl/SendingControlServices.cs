using BulkSms.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.SendingControl;

/// <summary>Registers pausing, canceling and suspending, and which broadcasts need an approval.</summary>
public static class SendingControlServices
{
    public static IServiceCollection AddSendingControl(this IServiceCollection services, IConfiguration configuration)
    {
        return services
            .AddChecked<ApprovalOptions, ApprovalOptionsValidator>(configuration, ApprovalOptions.Section)
            .AddSingleton<IValidateOptions<ApprovalOptions>, ApprovalNeedsAuth>()
            .AddSingleton<SuspensionGauge>()
            .AddSingleton<ControlRows>()
            .AddSingleton<ControlTable>()
            .AddSingleton<ControlCache>()
            .AddSingleton<ReconciliationTable>();
    }
}
