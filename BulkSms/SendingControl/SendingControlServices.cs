using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.SendingControl;

/// <summary>Registers pausing, canceling and suspending.</summary>
public static class SendingControlServices
{
    public static IServiceCollection AddSendingControl(this IServiceCollection services)
    {
        return services
            .AddSingleton<SuspensionGauge>()
            .AddSingleton<ControlRows>()
            .AddSingleton<ControlTable>()
            .AddSingleton<ControlCache>()
            .AddSingleton<ReconciliationTable>();
    }
}
