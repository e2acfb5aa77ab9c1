using System.Text.Json;

namespace BulkSms.Tests.Infra;

/// <summary>Who may do what, and from where.</summary>
[Collection(InfraTests.Name)]
public sealed class AccessTests(CompiledInfra infra)
{
    /// <summary>What answers where nothing else does: it says "not found", which those without a token need not be told.</summary>
    private const string UnknownRoutes = "/api/{*path}";

    private const string RoleAssignment = "Microsoft.Authorization/roleAssignments";

    /// <summary>The one role that is not the apps': of the one who deploys, who writes the secrets.</summary>
    private const string SecretsOfficer = "Key Vault Secrets Officer b86a8fe4-44ce-4948-aee5-eccb2c155cd7 on Microsoft.KeyVault/vaults";

    /// <summary>Azure's built-in roles, spelled out: one more is a decision.</summary>
    private static readonly string[] Expected =
    [
        SecretsOfficer,
        "Key Vault Secrets User 4633458b-17de-408a-b874-0445c86b69e6 on Microsoft.KeyVault/vaults",
        "Monitoring Metrics Publisher 3913510d-42f4-4e42-8a64-420c390055eb on Microsoft.Insights/components",
        "Storage Blob Data Owner b7e6dc6d-f1e8-4753-8033-0f276bb0955b on Microsoft.Storage/storageAccounts",
        "Storage Queue Data Contributor 974c5e8b-45b9-4653-ba55-5f855dd0fb88 on Microsoft.Storage/storageAccounts",
        "Storage Table Data Contributor 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3 on Microsoft.Storage/storageAccounts",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Roles_Assigned_AreTheseAndNoOthers(bool everythingOn) => Assert.Equal(
        Expected,
        Deployment(everythingOn).All(RoleAssignment).Select(Said).Order(StringComparer.Ordinal));

    [Fact]
    public void Roles_Assigned_GoToTheOneIdentity()
    {
        var identity = infra.Usual.One("Microsoft.ManagedIdentity/userAssignedIdentities").Text("id");

        Assert.All(infra.Usual.All(RoleAssignment).Where(role => Said(role) != SecretsOfficer), role =>
        {
            Assert.Contains($"'{identity}'", role.Text("properties.principalId"), StringComparison.Ordinal);
            Assert.Equal("ServicePrincipal", role.Text("properties.principalType"));
        });
    }

    [Fact]
    public void Role_ToWriteSecrets_GoesToTheOneWhoDeploys()
    {
        var role = infra.Usual.All(RoleAssignment).Single(role => Said(role) == SecretsOfficer);

        role.AssertHas(
            ("properties.principalId", "[deployer().objectId]"),
            ("properties.principalType", "[if(not(empty(deployer().userPrincipalName)), 'User', 'ServicePrincipal')]"));
    }

    [Fact]
    public void Roles_Names_AreGuidsOfTheirOwn()
    {
        var names = infra.Usual.Names(RoleAssignment).ToArray();

        Assert.All(names, name => Assert.True(Guid.TryParse(name, out _) || name.Contains("deployer().objectId", StringComparison.Ordinal), name)); // the deployer is known at deployment
        Assert.Distinct(names);
    }

    [Fact]
    public void Vault_Always_IsLocked() => infra.Usual.One("Microsoft.KeyVault/vaults").AssertHas(
        ("properties.enableRbacAuthorization", "True"),
        ("properties.enablePurgeProtection", "True"),
        ("properties.enableSoftDelete", "True"),
        ("properties.softDeleteRetentionInDays", "90"),
        ("properties.enabledForDeployment", "False"),
        ("properties.enabledForTemplateDeployment", "False"),
        ("properties.accessPolicies", ""));

    [Fact]
    public void Vault_Reads_AreLogged() =>
        Assert.Contains("AuditEvent", infra.Usual.One("Microsoft.Insights/diagnosticSettings").Text("properties.logs"), StringComparison.Ordinal);

    [Fact]
    public void Telemetry_Written_TakesAnIdentity()
    {
        infra.Usual.One("Microsoft.Insights/components").AssertHas(("properties.DisableLocalAuth", "True"));
        infra.Usual.One("Microsoft.OperationalInsights/workspaces").AssertHas(("properties.features.disableLocalAuth", "True"));
    }

    [Fact]
    public void Network_Private_ClosesStorageAndVaultToTheRest()
    {
        Assert.All([infra.Full.One("Microsoft.Storage/storageAccounts"), infra.Full.One("Microsoft.KeyVault/vaults")], resource => resource.AssertHas(
            ("properties.publicNetworkAccess", "Disabled"),
            ("properties.networkAcls.defaultAction", "Deny"),
            ("properties.networkAcls.bypass", "None")));
        Assert.Equal(
            ["blob", "queue", "table", "vault"],
            infra.Full.All("Microsoft.Network/privateEndpoints").Select(endpoint => endpoint.Text("name").Split('-')[^1]).Order(StringComparer.Ordinal));
        Assert.Equal(4, infra.Full.All("Microsoft.Network/privateDnsZones").Count);
        Assert.All(["api", "send"], app => Assert.Contains(
            "appsSubnetId", infra.Full.Of(app, "Microsoft.Web/sites").Text("properties.virtualNetworkSubnetId"), StringComparison.Ordinal));
    }

    [Fact]
    public void Network_NotPrivate_IsNotThere()
    {
        Assert.DoesNotContain(infra.Usual.Resources, resource => resource.Text("type").StartsWith("Microsoft.Network/", StringComparison.Ordinal));
        Assert.All(["api", "send"], app => Assert.Equal("", infra.Usual.Of(app, "Microsoft.Web/sites").Text("properties.virtualNetworkSubnetId")));
    }

    [Fact]
    public void Entra_On_LetsInWithoutATokenWhatAnonymousFunctionsLetIn()
    {
        var settings = infra.Full.Of("api", "Microsoft.Web/sites/config", "authsettingsV2");

        settings.AssertHas(
            ("properties.platform.enabled", "True"),
            ("properties.globalValidation.requireAuthentication", "True"),
            ("properties.globalValidation.unauthenticatedClientAction", "Return401"),
            ("properties.identityProviders.azureActiveDirectory.registration.clientId", "00000000-0000-0000-0000-000000000003"));
        Assert.Equal(
            FunctionSources.All.Select(function => function.Route).Where(route => route.Length > 0 && route != UnknownRoutes).Select(route => route.Replace("{*path}", "*", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            settings.At("properties.globalValidation.excludedPaths")!.Value.EnumerateArray().Select(path => path.GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Entra_Off_IsNotThere() =>
        Assert.DoesNotContain("authsettingsV2", infra.Usual.Names("Microsoft.Web/sites/config"));

    private Deployment Deployment(bool everythingOn) => everythingOn ? infra.Full : infra.Usual;

    private static string Said(JsonElement role) => $"{role.Text("properties.description")} {Id(role)} on {Scope(role.Text("id"))}";

    private static string Id(JsonElement role) => role.Text("properties.roleDefinitionId").Split('/')[^1];

    // /subscriptions/…/providers/<namespace>/<type>/<name>/providers/Microsoft.Authorization/…, or an expression that has it in quotes
    private static string Scope(string id) => string.Join('/', id.Split("/providers/")[1].Split('/')[..2]);
}
