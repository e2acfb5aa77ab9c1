using System.Text.RegularExpressions;
using BulkSms.LocalHost;

namespace BulkSms.Tests.Infra;

/// <summary>azure.yaml and the workflow that deploys, held against infra/ and the scripts that they run. azd itself cannot run here: it needs Azure.</summary>
[Collection(InfraTests.Name)]
public sealed partial class AzdTests(CompiledInfra infra)
{
    private static readonly string[] Azd = Read("azure.yaml");
    private static readonly string Workflow = string.Join('\n', Read(".github/workflows/deploy.yml"));

    [Fact]
    public void Services_OfAzd_AreTheAppsThatHaveTheirTags()
    {
        var services = Section("services").Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ').Select(line => line.Trim(' ', ':'));

        Assert.Equal(["api", "sender"], services);
        Assert.Equal(["api", "sender"], infra.Usual.All("Microsoft.Web/sites").Select(app => app.Text("tags.azd-service-name")).Order(StringComparer.Ordinal));
        Assert.All(Section("services").Where(line => line.Contains("project:", StringComparison.Ordinal)), line => Assert.True(Directory.Exists(Path.Combine(Repository.Root, Value(line)))));
    }

    [Fact]
    public void Environment_OfAzd_IsATagOfTheApps()
    {
        Assert.Contains("param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', '')", File.ReadAllText(Path.Combine(CompiledInfra.Source, "main.bicepparam")), StringComparison.Ordinal);
        Assert.All(infra.Full.All("Microsoft.Web/sites"), app => Assert.Equal("azd-env", app.Text("tags.azd-env-name")));
    }

    [Fact]
    public void Hooks_OfAzd_AreScriptsThatCanBeRun()
    {
        var scripts = Section("hooks").Where(line => line.Contains("run:", StringComparison.Ordinal)).Select(Value).ToArray();

        Assert.Equal(4, scripts.Length);
        Assert.All(scripts, IsExecutable);
    }

    [Fact]
    public void Variables_OfTheHooks_AreOutputsOfInfraOrAreReadByIt()
    {
        var outputs = infra.Template.GetProperty("outputs").EnumerateObject().Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var parameters = File.ReadAllText(Path.Combine(CompiledInfra.Source, "main.bicepparam"));
        var needed = Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy", "azd")).SelectMany(file => OutputVariable().Matches(File.ReadAllText(file))).Select(match => match.Groups["name"].Value);
        var asked = AskedVariable().Matches(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "azd", "preprovision.sh"))).Select(match => match.Groups["name"].Value).ToArray();

        Assert.Equal(["apiAppName", "apiHostName", "vaultName"], needed.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(needed, name => Assert.Contains(name, outputs));
        Assert.Equal(["TWILIO_MESSAGING_SERVICE_SID", "ALERT_EMAILS", "DISABLED_FUNCTIONS"], asked);
        Assert.All(asked, name => Assert.Contains($"readEnvironmentVariable('{name}'", parameters, StringComparison.Ordinal));
    }

    [Fact]
    public void Actions_OfTheWorkflows_ArePinned() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, ".github", "workflows")).SelectMany(File.ReadLines).Where(line => line.Contains("uses:", StringComparison.Ordinal)),
        line => Assert.Matches(@"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));

    [Fact]
    public void Scripts_OfTheWorkflow_CanBeRun()
    {
        var scripts = Script().Matches(Workflow).Select(match => match.Value).Distinct(StringComparer.Ordinal).ToArray();

        Assert.Contains("deploy/publish.sh", scripts);
        Assert.All(scripts, IsExecutable);
    }

    private static void IsExecutable(string path)
    {
        var file = Path.Combine(Repository.Root, path);
        Assert.True(File.Exists(file), path);
        Assert.StartsWith("#!/usr/bin/env bash\n", File.ReadAllText(file), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute), path);
        }
    }

    private static string[] Read(string path) => File.ReadAllLines(Path.Combine(Repository.Root, path));

    private static IEnumerable<string> Section(string name) => Azd.SkipWhile(line => line != $"{name}:").Skip(1).TakeWhile(line => line.Length == 0 || line[0] == ' ');

    private static string Value(string line) => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();

    [GeneratedRegex(@"\$\{(?<name>[a-z]\w+):\?azd provision", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OutputVariable();

    [GeneratedRegex("^(ask|azd env set) (?<name>[A-Z_]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AskedVariable();

    [GeneratedRegex(@"deploy/[\w/-]+\.sh", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Script();
}
