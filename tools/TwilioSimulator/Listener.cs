using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BulkSms.TwilioSimulator;

/// <summary>Kestrel on 127.0.0.1, silent, and without a say over the process it runs in.</summary>
internal static class Listener
{
    private const int LargestBody = 1_000_000;

    public static WebApplication Create(Simulation simulation, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));

        var app = builder.Build();
        app.Use(AbortWhenStopping);
        app.Use(AdminAccess.CheckAsync);
        app.UseRouting();
        AdminEndpoints.Map(app, simulation);
        ApiEndpoints.Map(app, simulation);
        return app;
    }

    public static Uri BaseUrl(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static async Task AbortWhenStopping(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException)
        {
            // A held call while the simulator stops, or a caller that left before its body was here.
            context.Abort();
        }
    }

    /// <summary>The default lifetime would take Ctrl+C from the process that embeds us.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
