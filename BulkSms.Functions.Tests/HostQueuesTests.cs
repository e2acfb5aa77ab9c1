using BulkSms.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Functions.Tests;

public sealed class HostQueuesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bulksms-host-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("""{"extensions":{"queues":{"batchSize":8,"newBatchThreshold":300}}}""", 308)]
    [InlineData("""{"extensions":{"queues":{"batchSize":8}}}""", 12)]
    [InlineData("""{"version":"2.0"}""", 24)]
    public void Limit_OfHostJson_IsAsTheHostHasIt(string json, int messages)
    {
        File.WriteAllText(Path.Combine(folder, "host.json"), json);

        Assert.Equal(messages, HostQueues.Limit(HostSettings.Read(new ConfigurationBuilder().Build(), folder)).Messages);
    }

    [Fact]
    public void Limit_OfAnAppSetting_IsAboveHostJson()
    {
        var app = FunctionsApp.Build([.. FunctionsAppTests.Settings, "--AzureFunctionsJobHost:extensions:queues:newBatchThreshold=300"]);

        Assert.Equal(332, app.Services.GetRequiredService<QueueTriggerLimit>().Messages);
    }

    [Fact]
    public void Limit_OfTheApp_IsThatOfItsHostJson() =>
        Assert.Equal(QueueTriggerLimit.OfHostJson, FunctionsApp.Build(FunctionsAppTests.Settings).Services.GetRequiredService<QueueTriggerLimit>());
}
