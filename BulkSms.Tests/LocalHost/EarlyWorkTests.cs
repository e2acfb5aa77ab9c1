using System.Net;
using Azure.Core.Pipeline;
using BulkSms.Health;
using BulkSms.LocalHost;
using BulkSms.MemoryStorage;
using BulkSms.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.LocalHost;

/// <summary>LocalHost constructs what answers while the rest of it starts.</summary>
public sealed class EarlyWorkTests
{
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        [StorageServices.Setting] = MemoryTransport.ConnectionString,
        [LocalHostApp.KeySetting] = "a key",
        ["Twilio:AccountSid"] = "AC00000000000000000000000000000000",
        ["Twilio:AuthToken"] = "made-up",
        ["Twilio:MessagingServiceSid"] = "MG00000000000000000000000000000000",
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_EndpointCannotBeConstructed_EndsWithWhatFailed(bool isStarting)
    {
        var failure = new InvalidOperationException("A setting is wrong.");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(isStarting, builder => builder.Services.AddSingleton<HealthEndpoints>(_ => throw failure)));

        Assert.Same(failure, thrown);
    }

    [Fact]
    public async Task Start_EndpointIsStillBeingConstructed_IsWaitedFor()
    {
        using var gate = new ManualResetEventSlim();
        using var storage = NewStorage();
        await using var app = Build(storage, true, builder => builder.Services.AddSingleton(services =>
        {
            gate.Wait();
            return ActivatorUtilities.CreateInstance<HealthEndpoints>(services);
        }));

        var starting = app.Web.StartAsync();
        Assert.False(starting.IsCompleted);
        gate.Set();
        await starting;

        using var http = new HttpClient { BaseAddress = app.Url };
        using var answer = await http.GetAsync("/api/health");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await app.Web.StopAsync();
    }

    private static async Task StartAsync(bool isStarting, Action<WebApplicationBuilder> configure)
    {
        using var storage = NewStorage();
        await using var app = Build(storage, isStarting, configure);
        await app.Web.StartAsync();
    }

    private static MemoryTransport NewStorage() => new(new MemoryAccount(TimeProvider.System), TimeSpan.Zero, TimeProvider.System);

    private static LocalHostApp Build(MemoryTransport storage, bool isStarting, Action<WebApplicationBuilder> configure) => LocalHostApp.Build(
        0, Settings, queues: null,
        builder =>
        {
            builder.Services.AddSingleton<HttpPipelineTransport>(storage);
            configure(builder);
        },
        readsEnvironment: false, isStarting);
}
