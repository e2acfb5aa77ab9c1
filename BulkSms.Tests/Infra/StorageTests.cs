using BulkSms.Storage;

namespace BulkSms.Tests.Infra;

/// <summary>The storage account: locked, and holding exactly what the code uses.</summary>
[Collection(InfraTests.Name)]
public sealed class StorageTests(CompiledInfra infra)
{
    private const string Account = "Microsoft.Storage/storageAccounts";
    private static readonly string[] PackageContainers = ["packages-api", "packages-sender"];

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
    public void Containers_Declared_AreThoseOfTheCodeAndOneForEachAppsPackage() =>
        Assert.Equal(ContainerNames.All.Concat(PackageContainers).Order(StringComparer.Ordinal), Names("blobServices/containers"));

    [Fact]
    public void Containers_All_AreClosed() => Assert.All(
        infra.Usual.All($"{Account}/blobServices/containers"),
        container => Assert.Equal("None", container.Text("properties.publicAccess")));

    [Fact]
    public void Blobs_Deleted_AreGone() => infra.Usual.One($"{Account}/blobServices").AssertHas(
        ("properties.deleteRetentionPolicy.enabled", "False"),
        ("properties.containerDeleteRetentionPolicy.enabled", "False"));

    private IEnumerable<string> Names(string kind) => infra.Usual.Names($"{Account}/{kind}").Order(StringComparer.Ordinal);
}
