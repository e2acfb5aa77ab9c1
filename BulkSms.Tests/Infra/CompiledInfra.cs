using System.Text.Json;
using BulkSms.LocalHost;

namespace BulkSms.Tests.Infra;

/// <summary>
/// infra/ compiled once for all tests: the ARM template, and two snapshots of what it deploys, in which the compiler has evaluated every expression
/// that does not need Azure.
/// </summary>
public sealed class CompiledInfra : IAsyncLifetime
{
    /// <summary>Every option on, and the longest name.</summary>
    private const string FullParameters = """
        using 'main.bicep'
        param name = 'abcdefgh'
        param environmentName = 'azd-env'
        param twilioMessagingServiceSid = 'MG00000000000000000000000000000000'
        param alertEmails = ['first@example.com']
        param senderMaximumInstances = 3
        param senderAlwaysReady = 2
        param apiMaximumInstances = 7
        param apiAlwaysReady = 1
        param privateNetwork = true
        param entraClientId = '00000000-0000-0000-0000-000000000003'
        param storageLogs = 'Everything'
        param exportDays = 14
        param exportPrincipalId = '00000000-0000-0000-0000-000000000004'
        """;

    /// <summary>Every setting of the code by the parameter for settings, each as <see cref="Given"/>, and a function switched off.</summary>
    private static readonly string OverriddenParameters = $$"""
        using 'main.bicep'
        param twilioMessagingServiceSid = 'MG00000000000000000000000000000000'
        param alertEmails = ['first@example.com']
        param entraClientId = '00000000-0000-0000-0000-000000000003'
        param disabledFunctions = ['SendSms', 'CreateBroadcast']
        param updateStrategy = 'Recreate'
        param storageLogs = 'Nothing'
        param settings = {
          Events__Endpoints__crm__Secret: '@Microsoft.KeyVault(VaultName=vault;SecretName=EventEndpointCrm)'
          Events__Endpoints__erp__Secret: '@Microsoft.KeyVault(SecretUri=https://vault.vault.azure.net/secrets/EventEndpointErp/)'
        {{string.Join('\n', KnownSettings.All.Select(name => $"  {name}: '{Given}'"))}}
        }
        """;

    /// <summary>The value of each setting in <see cref="Overridden"/>.</summary>
    public const string Given = "given by the caller";

    private static readonly string[] Place =
    [
        "--subscription-id", "00000000-0000-0000-0000-000000000001", "--tenant-id", "00000000-0000-0000-0000-000000000002",
        "--resource-group", "bulksms", "--location", "westeurope",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bulksms-infra-");
    private JsonElement template;
    private Deployment? usual;
    private Deployment? full;
    private Deployment? overridden;

    public static string Source { get; } = Path.Combine(Repository.Root, "infra");

    /// <summary>What the compiler said besides its results: nothing, when all is well.</summary>
    public string Complaints { get; private set; } = "";

    /// <summary>The ARM template.</summary>
    public JsonElement Template => Compiled(template);

    /// <summary>What main.bicepparam deploys.</summary>
    public Deployment Usual => Compiled(usual)!;

    /// <summary>What is deployed with every option on.</summary>
    public Deployment Full => Compiled(full)!;

    /// <summary>What is deployed with every setting given by the caller.</summary>
    public Deployment Overridden => Compiled(overridden)!;

    /// <summary>The roles of an app's identity on tables, queues and containers: the role's name, by such as <c>tables/Recipients</c>.</summary>
    /// <param name="app">"api" or "send".</param>
    public IReadOnlyDictionary<string, string> Roles(string app)
    {
        var identity = Usual.Of(app, "Microsoft.ManagedIdentity/userAssignedIdentities").Text("id");
        return Usual.All("Microsoft.Authorization/roleAssignments")
            .Where(role => role.Text("properties.principalId").Contains($"'{identity}'", StringComparison.Ordinal) && role.Text("id").Contains("Services/default/", StringComparison.Ordinal))
            .ToDictionary(role => string.Join('/', role.Text("id").Split("/providers/")[1].Split('/')[^2..]), role => role.Text("properties.description"), StringComparer.Ordinal);
    }

    public async ValueTask InitializeAsync()
    {
        if (BicepCompiler.Missing is not null)
        {
            return;
        }

        CopySource();
        var build = await RunAsync("build", "main.bicep", "--no-restore", "--stdout");
        template = build.ExitCode == 0 ? JsonDocument.Parse(build.Output).RootElement : default;
        usual = await SnapshotAsync("main");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "full.bicepparam"), FullParameters);
        full = await SnapshotAsync("full");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "overridden.bicepparam"), OverriddenParameters);
        overridden = await SnapshotAsync("overridden");
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private T Compiled<T>(T result)
    {
        Assert.SkipWhen(BicepCompiler.Missing is not null, BicepCompiler.Missing ?? "");
        Assert.Equal("", Complaints);
        return result;
    }

    // Snapshots are written beside the source, which is not to be touched.
    private void CopySource()
    {
        foreach (var file in Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder.FullName, Path.GetRelativePath(Source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private async Task<Deployment?> SnapshotAsync(string parameters)
    {
        var result = await RunAsync(["snapshot", $"{parameters}.bicepparam", "--mode", "overwrite", .. Place]);
        return result.ExitCode == 0
            ? new(await File.ReadAllTextAsync(Path.Combine(folder.FullName, $"{parameters}.snapshot.json")))
            : null;
    }

    private async Task<BicepResult> RunAsync(params string[] arguments)
    {
        var result = await BicepCompiler.RunAsync(folder.FullName, arguments);
        Complaints += result.Errors;
        Complaints += result.ExitCode == 0 ? "" : $"bicep {arguments[0]}: exit code {result.ExitCode}";
        return result;
    }
}

[CollectionDefinition(Name)]
public sealed class InfraTests : ICollectionFixture<CompiledInfra>
{
    public const string Name = "infra";
}
