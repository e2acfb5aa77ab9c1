using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BulkSms.Functions;

/// <summary>The isolated worker: everything of BulkSms.</summary>
public static class FunctionsApp
{
    /// <summary>Builds the worker; it validates its settings before it connects to the Functions host.</summary>
    /// <param name="args">The Functions host's arguments; settings may be given among them.</param>
    /// <exception cref="InvalidOperationException">The storage setting is missing; the message names it.</exception>
    public static IHost Build(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<HostLevels.Middleware>();
        builder.UseMiddleware<RequestMiddleware>();
        var host = HostSettings.Read(builder.Configuration);
        var levels = new HostLevels(host);
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning) // request logs hold ?code=, a function key
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error) // comes with MVC and is not used: its keys need no care
            .AddFilter("BulkSms", level => level >= LogLevel.Information && levels.KeepsHere(level));
        builder.Services.AddBulkSms(builder.Configuration);
        builder.Services.AddSingleton(HostQueues.Limit(host));
        WorkerTelemetry.Add(builder, host);
        return builder.Build();
    }
}
