using BulkSms.LocalHost;

namespace BulkSms.Tests.Infra;

/// <summary>Exports of the tables: where they lie, for how long, and the job that makes them.</summary>
[Collection(InfraTests.Name)]
public sealed class BackupInfraTests(CompiledInfra infra) : IDisposable
{
    private const string Account = "Microsoft.Storage/storageAccounts";
    private readonly ScriptRun script = new();

    public void Dispose() => script.Dispose();

    [Fact]
    public void Exports_Kept_CanBeNeitherChangedNorDeletedAndThenAreDeleted()
    {
        var policy = infra.Full.One($"{Account}/blobServices/containers/immutabilityPolicies");
        var rule = Assert.Single(infra.Full.One($"{Account}/managementPolicies").At("properties.policy.rules")!.Value.EnumerateArray());

        Assert.EndsWith("/containers/exports/immutabilityPolicies/default", policy.Text("id"), StringComparison.Ordinal);
        policy.AssertHas(("properties.immutabilityPeriodSinceCreationInDays", "14"), ("properties.allowProtectedAppendWrites", "False"));
        Assert.Equal("exports/", Assert.Single(rule.At("definition.filters.prefixMatch")!.Value.EnumerateArray()).GetString());
        rule.AssertHas(("enabled", "True"), ("definition.actions.baseBlob.delete.daysAfterCreationGreaterThan", "15"));
    }

    [Fact]
    public void Exports_NotWanted_HaveNoAccount()
    {
        Assert.Single(infra.Usual.All(Account));
        Assert.Empty(infra.Usual.All($"{Account}/blobServices/containers/immutabilityPolicies"));
    }

    [Fact]
    public void Roles_OfTheOneWhoExports_ReadTheDataAndWriteExports() => Assert.Equal(
        ["Storage Blob Data Contributor", "Storage Blob Data Reader", "Storage Table Data Reader"],
        infra.Full.All("Microsoft.Authorization/roleAssignments").Where(role => role.Text("properties.principalId") == "00000000-0000-0000-0000-000000000004")
            .Select(role => role.Text("properties.description")).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Script_OfTheJob_ExportsTheAppsAccountToTheContainer()
    {
        script.Fake("az", "\"storage account list \"*) printf 'https://exports.example/\\tbulksmsdata\\n' ;;");
        script.Fake("dotnet", "*) echo \"$AzureWebJobsStorage__accountName\" ;;");

        var (code, said) = await script.RunAsync("backup.sh", "GROUP");

        Assert.Equal((0, "bulksmsdata"), (code, said.Trim()));
        Assert.EndsWith("tools/Backup --configuration Release -- export https://exports.example/exports", script.Asked()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_WithoutAnAccountForExports_SaysWhatIsMissing()
    {
        script.Fake("az", "");

        var (code, said) = await script.RunAsync("backup.sh", "GROUP");

        Assert.Equal(1, code);
        Assert.Contains("deploy infra/ with exportDays", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Workflow_OfTheJob_RunsTheScriptOnASchedule()
    {
        var workflow = File.ReadAllText(Path.Combine(Repository.Root, ".github", "workflows", "backup.yml"));

        Assert.Contains("- cron: ", workflow, StringComparison.Ordinal);
        Assert.Contains("- run: deploy/backup.sh", workflow, StringComparison.Ordinal);
    }
}
