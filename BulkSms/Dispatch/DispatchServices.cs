using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Dispatch;

/// <summary>Registers fan-out and recovery.</summary>
public static class DispatchServices
{
    public static IServiceCollection AddDispatch(this IServiceCollection services)
    {
        return services
            .AddSingleton<FanOut>()
            .AddSingleton<RequeuePending>()
            .AddSingleton<CancelPending>()
            .AddSingleton<FanOutJobHandler>()
            .AddSingleton<SetAsideDoubtful>()
            .AddSingleton<ReconcileAfterRestore>()
            .AddSingleton<MissingProfiles>()
            .AddSingleton<Sweeper>()
            .AddSingleton<SweepControls>()
            .AddSingleton<SweepBroadcast>()
            .AddSingleton<FinishFanOut>()
            .AddSingleton<DecideCanary>()
            .AddSingleton<DecideDoubtful>()
            .AddSingleton<RequeueForgotten>()
            .AddSingleton<CompleteBroadcast>()
            .AddSingleton<SweepRows>()
            .AddSingleton<SweepWork>()
            .AddSingleton<SweepTurn>()
            .AddSingleton<ProbeSuspension>();
    }
}
