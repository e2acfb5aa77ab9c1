using BulkSms.Storage;

namespace BulkSms.Tests.Infra;

/// <summary>The storage account: locked, and holding exactly what the code uses.</summary>
[Collection(InfraTests.Name)]
public sealed class StorageTests(CompiledInfra infra)
{
    private const string Account = "Microsoft.Storage/storageAccounts";
    private static readonly string[] OtherContainers = ["packages-api", "packages-sender", "azure-webjobs-hosts", "azure-webjobs-secrets"];

    [Fact]
    public void Account_Always_IsLocked() => infra.Usual.One(Account).AssertHas(
        ("properties.allowSharedKeyAccess", "False"),
        ("properties.allowBlobPublicAccess", "False"),
        ("properties.minimumTlsVersion", "TLS1_2"),
        ("properties.supportsHttpsTrafficOnly", "True"),
        ("properties.allowCrossTenantReplication", "False"),
        ("properties.isLocalUserEnabled", "False"),
        ("properties.defaultToOAuthAuthentication", "True"));

    [Fact]
    public void Tables_Declared_AreThoseOfTheCode() =>
        Assert.Equal(TableNames.All.Order(StringComparer.Ordinal), Names("tableServices/tables"));

    [Fact]
    public void Queues_Declared_AreThoseOfTheCode() =>
        Assert.Equal(QueueNames.All.Order(StringComparer.Ordinal), Names("queueServices/queues"));

    [Fact]
    public void Queues_OfWork_HaveAPoisonQueueEach() => Assert.All(
        Names("queueServices/queues").Where(name => !name.EndsWith("-poison", StringComparison.Ordinal)),
        name => Assert.Contains($"{name}-poison", Names("queueServices/queues")));

    [Fact]
    public void Containers_Declared_AreThoseOfTheCodeOneForEachAppsPackageAndTheHosts() =>
        Assert.Equal(ContainerNames.All.Concat(OtherContainers).Order(StringComparer.Ordinal), Names("blobServices/containers"));

    [Fact]
    public void Containers_All_AreClosed() => Assert.All(
        infra.Usual.All($"{Account}/blobServices/containers"),
        container => Assert.Equal("None", container.Text("properties.publicAccess")));

    [Fact]
    public void Blobs_Deleted_AreGone() => infra.Usual.One($"{Account}/blobServices").AssertHas(
        ("properties.deleteRetentionPolicy.enabled", "False"),
        ("properties.containerDeleteRetentionPolicy.enabled", "False"));

    [Fact]
    public void Calls_Logged_AreDeletionsOfDataUnlessEverythingIsAskedFor()
    {
        Assert.Equal(["blobServices StorageDelete", "tableServices StorageDelete"], Logged(infra.Usual));
        Assert.Equal(
            from service in new[] { "blobServices", "queueServices", "tableServices" } from call in new[] { "StorageDelete", "StorageRead", "StorageWrite" } select $"{service} {call}",
            Logged(infra.Full));
        Assert.Empty(Logged(infra.Overridden));
    }

    private static IEnumerable<string> Logged(Deployment deployment) => (
        from setting in deployment.All("Microsoft.Insights/diagnosticSettings")
        where setting.Text("id").Contains(Account, StringComparison.Ordinal)
        from log in setting.At("properties.logs")!.Value.EnumerateArray()
        where log.Text("enabled") == "True"
        select $"{setting.Text("id").Split('/')[^6]} {log.Text("category")}").Order(StringComparer.Ordinal);

    private IEnumerable<string> Names(string kind) => infra.Usual.Names($"{Account}/{kind}").Order(StringComparer.Ordinal);
}
