using System.Text.Json;
using BulkSms.Storage;

namespace BulkSms.Tests.Infra;

/// <summary>Who may do what, and from where.</summary>
[Collection(InfraTests.Name)]
public sealed class AccessTests(CompiledInfra infra)
{
    /// <summary>What answers where nothing else does: it says "not found", which those without a token need not be told.</summary>
    private const string UnknownRoutes = "/api/{*path}";

    private const string RoleAssignment = "Microsoft.Authorization/roleAssignments";

    private const string Definitions = "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/";

    /// <summary>Key Vault Secrets Officer: the one role that is not the apps', but of the one who deploys, who writes the secrets.</summary>
    private const string SecretsOfficer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";

    /// <summary>Azure's built-in roles, spelled out: one more is a decision.</summary>
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["Key Vault Secrets User"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["Monitoring Metrics Publisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["Reader"] = "acdd72a7-3385-48ef-bd42-f606fba81ae7",
        ["Storage Blob Data Contributor"] = "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        ["Storage Blob Data Owner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["Storage Queue Data Contributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["Storage Queue Data Message Sender"] = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a",
        ["Storage Table Data Contributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    };

    /// <summary>What both apps need besides rows, messages, blobs and secrets.</summary>
    private static readonly string[] OfBoth =
    [
        "Monitoring Metrics Publisher on Microsoft.Insights/components",
        "Reader on Microsoft.Storage/storageAccounts", // lists containers; neither data nor keys
        "Storage Blob Data Owner on containers/azure-webjobs-hosts",
        "Storage Blob Data Owner on containers/azure-webjobs-secrets",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Roles_OfTheApi_AreOnWhatItUses(bool everythingOn) => Assert.Equal(
        new IEnumerable<string>[]
        {
            OfBoth,
            TableNames.All.Select(name => $"Storage Table Data Contributor on tables/{name}"),
            QueueNames.All.Select(name => $"Storage Queue Data Contributor on queues/{name}"),
            ContainerNames.All.Append("packages-api").Select(name => $"Storage Blob Data Contributor on containers/{name}"),
            new[] { "EventSecretsKey", "OptOutHashKeys", "TwilioAccountSid", "TwilioAuthToken" }.Select(name => $"Key Vault Secrets User on secrets/{name}"),
        }.SelectMany(roles => roles).Order(StringComparer.Ordinal),
        Of("api", Deployment(everythingOn)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Roles_OfTheSender_AreFewer(bool everythingOn) => Assert.Equal(
        new IEnumerable<string>[]
        {
            OfBoth,
            new[] { "Broadcasts", "EventDeliveries", "OptOuts", "Recipients", "SendingShares", "UnreachableNumbers" }.Select(name => $"Storage Table Data Contributor on tables/{name}"),
            ["Storage Queue Data Contributor on queues/sms-outbound", "Storage Queue Data Contributor on queues/sms-outbound-high"],
            new[] { "events-outbound", "sms-outbound-high-poison", "sms-outbound-poison" }.Select(name => $"Storage Queue Data Message Sender on queues/{name}"),
            ["Storage Blob Data Contributor on containers/packages-sender"],
            new[] { "OptOutHashKeys", "TwilioAccountSid", "TwilioAuthToken" }.Select(name => $"Key Vault Secrets User on secrets/{name}"),
        }.SelectMany(roles => roles).Order(StringComparer.Ordinal),
        Of("send", Deployment(everythingOn)));

    [Fact]
    public void Roles_All_AreOfAnAppOrOfTheOneWhoDeploys()
    {
        var roles = infra.Usual.All(RoleAssignment);

        Assert.Equal(roles.Count, Of("api", infra.Usual).Count() + Of("send", infra.Usual).Count() + 1);
        Assert.All(roles.Where(role => !IsOfTheDeployer(role)), role => role.AssertHas(
            ("properties.principalType", "ServicePrincipal"), ("properties.roleDefinitionId", $"{Definitions}{Roles[role.Text("properties.description")]}")));
    }

    [Fact]
    public void Secrets_OfOtherNames_AreTheOnesThatMayBeRead() => Assert.Contains(
        $"Key Vault Secrets User on secrets/{CompiledInfra.Given}", Of("send", infra.Overridden));

    [Fact]
    public void Secrets_ThatSettingsReferTo_MayBeReadByBoth() => Assert.All(["api", "send"], app => Assert.Superset(
        new HashSet<string>(["Key Vault Secrets User on secrets/EventEndpointCrm", "Key Vault Secrets User on secrets/EventEndpointErp"]), Of(app, infra.Overridden).ToHashSet()));

    [Fact]
    public void Role_ToWriteSecrets_GoesToTheOneWhoDeploys()
    {
        infra.Usual.All(RoleAssignment).Single(IsOfTheDeployer).AssertHas(
            ("properties.roleDefinitionId", $"{Definitions}{SecretsOfficer}"),
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
        Assert.Contains(
            "AuditEvent",
            infra.Usual.All("Microsoft.Insights/diagnosticSettings").Single(setting => setting.Text("id").Contains("Microsoft.KeyVault", StringComparison.Ordinal)).Text("properties.logs"), StringComparison.Ordinal);

    [Fact]
    public void Telemetry_Written_TakesAnIdentity()
    {
        infra.Usual.One("Microsoft.Insights/components").AssertHas(("properties.DisableLocalAuth", "True"));
        infra.Usual.One("Microsoft.OperationalInsights/workspaces").AssertHas(("properties.features.disableLocalAuth", "True"));
    }

    [Fact]
    public void Network_Private_ClosesStorageAndVaultToTheRest()
    {
        Assert.All([.. infra.Full.All("Microsoft.Storage/storageAccounts"), infra.Full.One("Microsoft.KeyVault/vaults")], resource => resource.AssertHas(
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

    private static bool IsOfTheDeployer(JsonElement role) => role.Text("properties.principalId").Contains("deployer()", StringComparison.Ordinal);

    private static IEnumerable<string> Of(string app, Deployment deployment)
    {
        var identity = deployment.Of(app, "Microsoft.ManagedIdentity/userAssignedIdentities").Text("id");
        return deployment.All(RoleAssignment).Where(role => role.Text("properties.principalId").Contains($"'{identity}'", StringComparison.Ordinal))
            .Select(role => $"{role.Text("properties.description")} on {Scope(role.Text("id").Split("/providers/")[1].Split('/'))}").Order(StringComparer.Ordinal);
    }

    // <namespace>/<type>/<name>, or the last type and name below it
    private static string Scope(string[] path) => string.Join('/', path.Length == 3 ? path[..2] : path[^2..]);
}
