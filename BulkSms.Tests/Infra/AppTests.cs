using BulkSms.Sending;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Infra;

/// <summary>The two Functions apps: how they are locked and scaled, and each of their settings.</summary>
[Collection(InfraTests.Name)]
public sealed class AppTests(CompiledInfra infra)
{
    private const string Site = "Microsoft.Web/sites";

    /// <summary>What the Functions host, Application Insights and Azure.Identity read.</summary>
    private static readonly string[] PlatformSettings =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID",
        "AzureWebJobsDisableHomepage", "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential",
        "WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED",
    ];

    public static TheoryData<string> Apps => ["api", "send"];

    [Theory]
    [MemberData(nameof(Apps))]
    public void App_Always_IsLocked(string app)
    {
        var site = infra.Usual.Of(app, Site);

        site.AssertHas(
            ("properties.httpsOnly", "True"),
            ("properties.siteConfig.ftpsState", "Disabled"),
            ("properties.siteConfig.minTlsVersion", "1.2"),
            ("properties.siteConfig.scmMinTlsVersion", "1.2"),
            ("identity.type", "UserAssigned"),
            ("properties.functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity"));
        Assert.False(string.IsNullOrEmpty(site.Text("properties.keyVaultReferenceIdentity"))); // else the app has no identity to read a reference as
        Assert.All(["ftp", "scm"], way => infra.Usual.Of(app, $"{Site}/basicPublishingCredentialsPolicies", $"/{way}").AssertHas(("properties.allow", "False")));
    }

    [Fact]
    public void Requests_FromOutside_ReachTheApiOnly()
    {
        const string Action = "properties.siteConfig.ipSecurityRestrictionsDefaultAction";

        Assert.Equal(("Allow", "Deny"), (infra.Usual.Of("api", Site).Text(Action), infra.Usual.Of("send", Site).Text(Action)));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public void Deployment_FromOutside_IsClosedUntilAPackageIsPublished(string app) => infra.Usual.Of(app, Site).AssertHas(
        ("properties.siteConfig.scmIpSecurityRestrictionsDefaultAction", "Deny"),
        ("properties.siteConfig.scmIpSecurityRestrictionsUseMain", "False"));

    [Theory]
    [MemberData(nameof(Apps))]
    public void Storage_OfAnApp_IsMadeByTheTemplate(string app) => Assert.Equal("false", infra.Usual.Settings(app)["Storage__CreateMissing"]);

    [Theory]
    [MemberData(nameof(Apps))]
    public void App_Always_IsNet10IsolatedOnFlexConsumption(string app)
    {
        infra.Usual.Of(app, "Microsoft.Web/serverfarms").AssertHas(("sku.name", "FC1"), ("properties.reserved", "True"));
        infra.Usual.Of(app, Site).AssertHas(
            ("kind", "functionapp,linux"),
            ("properties.functionAppConfig.runtime.name", "dotnet-isolated"),
            ("properties.functionAppConfig.runtime.version", $"{Environment.Version.Major}.0"));
    }

    [Fact]
    public void Scale_OfTheSender_IsItsOwn()
    {
        const string Scale = "properties.functionAppConfig.scaleAndConcurrency";

        infra.Usual.Of("send", Site).AssertHas(($"{Scale}.maximumInstanceCount", "1"), ($"{Scale}.alwaysReady", "[]"));
        infra.Full.Of("send", Site).AssertHas(($"{Scale}.maximumInstanceCount", "3"));
        infra.Full.Of("api", Site).AssertHas(($"{Scale}.maximumInstanceCount", "7"));
        Assert.Equal(("function:SendSms", "2"), AlwaysReady("send"));
        Assert.Equal(("http", "1"), AlwaysReady("api"));

        (string Name, string Count) AlwaysReady(string app)
        {
            var group = Assert.Single(infra.Full.Of(app, Site).At($"{Scale}.alwaysReady")!.Value.EnumerateArray());
            return (group.Text("name"), group.Text("instanceCount"));
        }
    }

    [Fact]
    public void Functions_OfQueuesAndTimers_RunInExactlyOneApp()
    {
        string[] mustRunOnce = [.. FunctionSources.All.Where(function => function.Kind != "Http").Select(function => function.Name).Order(StringComparer.Ordinal)];

        string[] senders = ["SendSms", "SendSmsHigh"];

        Assert.Subset(mustRunOnce.ToHashSet(StringComparer.Ordinal), senders.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(senders, Disabled(infra.Usual, "api"));
        Assert.Equal(mustRunOnce.Except(senders), Disabled(infra.Usual, "send"));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public void Settings_All_ExistInTheCodeOrThePlatform(string app) => Assert.All(
        infra.Full.Settings(app).Keys.Union(infra.Usual.Settings(app).Keys, StringComparer.Ordinal).Where(name => !IsSwitch(name)),
        name => Assert.Contains(name, PlatformSettings.Concat(KnownSettings.All)));

    [Theory]
    [MemberData(nameof(Apps))]
    public void Settings_Needed_AreThere(string app)
    {
        var settings = infra.Usual.Settings(app);

        Assert.All([.. PlatformSettings, "KeyVault__Uri", "Twilio__MessagingServiceSid", "Webhooks__PublicBaseUrl"], name => Assert.Contains(name, settings.Keys));
        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        Assert.EndsWith(".outputs.uri.value]", settings["KeyVault__Uri"], StringComparison.Ordinal);
        Assert.Equal("MG00000000000000000000000000000000", settings["Twilio__MessagingServiceSid"]);
        Assert.StartsWith("[format('https://{0}', ", settings["Webhooks__PublicBaseUrl"], StringComparison.Ordinal);
        Assert.Contains("Authorization=AAD", settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"], StringComparison.Ordinal);
    }

    [Fact]
    public void Callbacks_OfTheSender_GoToTheApi()
    {
        Assert.Contains("/sites/bulksms-api-", infra.Usual.Settings("api")["Webhooks__PublicBaseUrl"], StringComparison.Ordinal);
        Assert.Contains("uniqueString('api'", infra.Usual.Settings("send")["Webhooks__PublicBaseUrl"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public void Settings_OfTokens_AreThereOnlyWithEntraId(string app)
    {
        Assert.Contains("Auth__Authority", infra.Full.Settings(app).Keys);
        Assert.Contains("Auth__Audience", infra.Full.Settings(app).Keys);
        Assert.DoesNotContain(infra.Usual.Settings(app).Keys, name => name.StartsWith("Auth__", StringComparison.Ordinal));
        Assert.Equal("90", infra.Usual.Settings(app)["Retention__Days"]);
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public void Settings_EveryOneOfTheCode_CanBeGiven(string app)
    {
        var settings = infra.Overridden.Settings(app);

        Assert.Contains("Prices__XX", KnownSettings.All);
        Assert.All(KnownSettings.All, name => Assert.Equal(CompiledInfra.Given, settings.GetValueOrDefault(name)));
        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
    }

    [Fact]
    public void Functions_SwitchedOff_AreOffInBothAppsBesidesWhatRunsElsewhere()
    {
        Assert.Equal(["CreateBroadcast", "SendSms", "SendSmsHigh"], Disabled(infra.Overridden, "api"));
        Assert.Equal(
            new[] { "CreateBroadcast", "SendSms" }.Concat(Disabled(infra.Usual, "send")).Order(StringComparer.Ordinal), Disabled(infra.Overridden, "send"));
        Assert.All(["api", "send"], app => Assert.Equal(
            Disabled(infra.Usual, app), infra.Overridden.Of(app, Site).Text("tags.functions-elsewhere").Split(',').Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Updates_Usually_LetWhatRunsComeToItsEnd() => Assert.All(["api", "send"], app =>
    {
        infra.Usual.Of(app, Site).AssertHas(("properties.functionAppConfig.siteUpdateStrategy.type", "RollingUpdate"));
        infra.Overridden.Of(app, Site).AssertHas(("properties.functionAppConfig.siteUpdateStrategy.type", "Recreate"));
    });

    [Fact]
    public void Settings_OfSending_AreAcceptedByTheOptions()
    {
        var settings = infra.Usual.Settings("send")
            .Where(setting => setting.Key.StartsWith("Sending__", StringComparison.Ordinal))
            .Select(setting => (setting.Key.Split("__")[1], (string?)setting.Value)).ToArray();

        Assert.NotEmpty(settings);
        Assert.Empty(new SendingOptionsValidator().Failures(settings));
    }

    [Fact]
    public void Names_LongestPrefix_AreNotTooLong()
    {
        // The Functions host cuts its id at 32: two apps with one storage account must differ before that.
        Assert.All(infra.Full.All(Site), site => Assert.InRange(site.Text("name").Length, 2, 32));
        Assert.All(infra.Full.Names("Microsoft.Storage/storageAccounts"), name => Assert.Matches("^[a-z0-9]{3,24}$", name));
        Assert.Matches("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", infra.Full.One("Microsoft.KeyVault/vaults").Text("name"));
    }

    private static IEnumerable<string> Disabled(Deployment deployment, string app) => deployment.Settings(app)
        .Where(setting => IsSwitch(setting.Key)).Select(setting => setting.Key.Split('.')[1]).Order(StringComparer.Ordinal);

    private static bool IsSwitch(string setting) => setting.StartsWith("AzureWebJobs.", StringComparison.Ordinal) && setting.EndsWith(".Disabled", StringComparison.Ordinal);
}
