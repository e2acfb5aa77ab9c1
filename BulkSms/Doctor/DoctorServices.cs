using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Doctor;

/// <summary>Registers the doctor.</summary>
public static class DoctorServices
{
    public static IServiceCollection AddDoctor(this IServiceCollection services) => services
        .AddSingleton<OwnLimits>()
        .AddSingleton<GatherFacts>()
        .AddSingleton<DoctorEndpoint>();
}
