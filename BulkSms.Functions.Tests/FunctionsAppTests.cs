using System.Reflection;
using System.Text.Json;
using BulkSms.Http;
using BulkSms.Twilio;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Functions.Tests;

public sealed class FunctionsAppTests
{
    internal static readonly string[] Settings =
    [
        "--environment=Development", // services are checked when the provider is built
        "--Functions:Worker:HostEndpoint=http://127.0.0.1:1", // of the Functions host: none of these tests reaches it
        "--AzureWebJobsStorage=UseDevelopmentStorage=true",
        "--Twilio:AccountSid=AC00000000000000000000000000000000",
        "--Twilio:AuthToken=made-up",
        "--Twilio:MessagingServiceSid=MG00000000000000000000000000000000",
        "--Webhooks:PublicBaseUrl=https://sms.example.com",
    ];

    [Fact]
    public void Build_SampleSettings_ConstructsEveryFunctionClass()
    {
        using var app = FunctionsApp.Build(Settings);
        var classes = typeof(FunctionsApp).Assembly.GetTypes().Where(HasFunctions).ToArray();

        Assert.NotEmpty(classes);
        Assert.All(classes, type => Assert.NotNull(ActivatorUtilities.CreateInstance(app.Services, type)));
    }

    // Above its own limit Kestrel cuts the connection, and the host repeats the request ten times.
    [Fact]
    public void Build_Kestrel_LeavesTheSizeOfBodiesToTheEndpoints()
    {
        using var app = FunctionsApp.Build(Settings);

        Assert.Null(app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MaxRequestBodySize);
    }

    [Theory]
    [InlineData("BulkSms.Sending.SendSms", LogLevel.Information, true)]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information, false)] // a request's URL, key included
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning, true)]
    public void Build_Logs_HaveOurInformationAndNoRequests(string category, LogLevel level, bool logged)
    {
        using var app = FunctionsApp.Build(Settings);

        Assert.Equal(logged, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(level));
    }

    [Theory]
    [InlineData("Twilio:MessagingServiceSid", "", "Twilio:MessagingServiceSid")]
    [InlineData("Twilio:AccountSid", "nonsense", "Twilio:AccountSid")]
    [InlineData("Webhooks:PublicBaseUrl", "http://sms.example.com", "Webhooks:PublicBaseUrl")]
    [InlineData("Sending:MaxConcurrency", "0", "Sending:MaxConcurrency")]
    [InlineData("Limits:RecipientsPerDy", "5", "Did you mean Limits:RecipientsPerDay")]
    public async Task Start_InvalidSetting_NamesIt(string setting, string value, string named)
    {
        using var app = FunctionsApp.Build([.. Settings, $"--{setting}={value}"]);

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoCredentials_NamesIt()
    {
        using var app = FunctionsApp.Build([.. Settings, "--Twilio:AuthToken="]);

        var check = app.Services.GetServices<IHostedService>().OfType<TwilioCredentialsCheck>().Single();
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => check.StartingAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Twilio:AuthToken", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NoStorage_NamesIt()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => FunctionsApp.Build([.. Settings, "--AzureWebJobsStorage="]));

        Assert.Contains("AzureWebJobsStorage", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HostJson_BesideTheApp_HasTheRoutesPrefix()
    {
        var path = Path.Combine(Path.GetDirectoryName(typeof(FunctionsApp).Assembly.Location)!, "host.json");
        var host = JsonElement.Parse(File.ReadAllText(path));

        Assert.Equal(Routes.Prefix, host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Equal("base64", host.GetProperty("extensions").GetProperty("queues").GetProperty("messageEncoding").GetString());
    }

    private static bool HasFunctions(Type type) =>
        type.GetMethods().Any(method => method.GetCustomAttribute<FunctionAttribute>() is not null);
}
