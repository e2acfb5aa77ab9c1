using System.Text.Json;
using BulkSms.OptOuts;
using BulkSms.Sending;

namespace BulkSms.Tests.Infra;

/// <summary>The template as a whole: the compiler's silence, its parameters and outputs.</summary>
[Collection(InfraTests.Name)]
public sealed class TemplateTests(CompiledInfra infra)
{
    [Fact]
    public void Build_EveryLinterRuleAnError_SaysNothing()
    {
        Assert.Equal(JsonValueKind.Object, infra.Template.ValueKind);
        Assert.Equal(13, Templates().Count()); // main and its modules
    }

    [Fact]
    public void BicepConfig_LinterRules_AreAllErrors()
    {
        var linter = JsonDocument.Parse(File.ReadAllText(Path.Combine(CompiledInfra.Source, "bicepconfig.json"))).RootElement.At("analyzers.core")!.Value;
        var rules = linter.GetProperty("rules").EnumerateObject().ToArray();

        Assert.True(linter.GetProperty("enabled").GetBoolean());
        Assert.All(rules, rule => Assert.Equal("error", rule.Value.Text("level")));
        Assert.Contains("use-recent-api-versions", rules.Select(rule => rule.Name));
        Assert.Contains("outputs-should-not-contain-secrets", rules.Select(rule => rule.Name));
    }

    [Fact]
    public void Parameters_All_SayWhatTheyAreAndWhetherTheyAreNeeded() => Assert.All(Templates().SelectMany(Parameters), parameter =>
    {
        var description = parameter.Value.Text("metadata.description");
        var word = description.Split('.')[0];

        Assert.Contains(word, new[] { "Required", "Optional", "Conditional" });
        Assert.Equal(word != "Required", parameter.Value.TryGetProperty("defaultValue", out _));
        Assert.EndsWith(".", description, StringComparison.Ordinal);
        Assert.True(description.Length > word.Length + 10, description);
    });

    [Fact]
    public void Parameters_All_AreBounded() => Assert.All(Templates().SelectMany(Parameters), parameter =>
    {
        var schema = parameter.Value;
        string[] bounds = schema.Text("type") switch
        {
            _ when schema.TryGetProperty("allowedValues", out _) => [],
            "int" => ["minValue", "maxValue"],
            "array" => ["minLength", "maxLength", "items"],
            "string" when schema.Text("defaultValue").Length == 0 && schema.TryGetProperty("defaultValue", out _) => ["maxLength"],
            "string" => ["minLength", "maxLength"],
            "object" => ["additionalProperties"],
            "bool" => [],
            var other => [$"a test for {other}"],
        };

        Assert.All(bounds, bound => Assert.True(schema.TryGetProperty(bound, out _), $"{parameter.Name} has no {bound}"));
    });

    [Fact]
    public void Outputs_All_AreDescribedAndNoSecrets() => Assert.All(Templates().SelectMany(Outputs), output =>
    {
        Assert.Equal("string", output.Value.Text("type"));
        Assert.NotEqual("", output.Value.Text("metadata.description"));
        Assert.DoesNotContain("list", output.Value.Text("value"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ConnectionString", output.Value.Text("value"), StringComparison.OrdinalIgnoreCase);
    });

    [Fact]
    public void Output_OfTheInboundWebhook_IsAsTheAppSaysIt()
    {
        var url = infra.Template.At("outputs.inboundWebhookUrl")!.Value.Text("value");

        Assert.StartsWith("[format('https://{0}/", url, StringComparison.Ordinal);
        Assert.Contains(OptOutWebhook.UrlAt(new("https://x"))["https://x".Length..], url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("listKeys")]
    [InlineData("listAccountSas")]
    [InlineData("AccountKey")]
    [InlineData("SharedAccessSignature")]
    [InlineData("AuthToken__")]
    public void Template_AnyKeyOrSecret_IsNotThere(string word) =>
        Assert.DoesNotContain(word, infra.Template.GetRawText(), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Secrets_InTheVault_AreMadeByOthers() => Assert.Empty(infra.Usual.All("Microsoft.KeyVault/vaults/secrets"));

    [Fact]
    public void Modules_All_LieInTheRepository() => Assert.All(
        Directory.EnumerateFiles(CompiledInfra.Source, "*.bicep", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("module ", StringComparison.Ordinal)),
        line => Assert.True(File.Exists(Path.Combine(CompiledInfra.Source, line.Split('\'')[1])), line));

    [Fact]
    public void Parameters_OfSending_KeepToTheOptionsRanges()
    {
        var parameters = infra.Template.GetProperty("parameters");

        Assert.All(["MaxConcurrency", "SegmentsPerSecond"], option =>
        {
            var range = OptionRange.Of<SendingOptions>(option);
            var parameter = parameters.GetProperty($"sending{option}");
            Assert.InRange(parameter.GetProperty("minValue").GetDouble(), range.Minimum, range.Maximum);
            Assert.Equal(range.Maximum, parameter.GetProperty("maxValue").GetDouble());
            Assert.Equal(range.Default, parameter.GetProperty("defaultValue").GetDouble());
        });
    }

    private IEnumerable<JsonElement> Templates() => WithModules(infra.Template);

    private static IEnumerable<JsonElement> WithModules(JsonElement template) =>
    [
        template,
        .. ResourcesOf(template.GetProperty("resources"))
            .Where(resource => resource.Text("type") == "Microsoft.Resources/deployments")
            .SelectMany(module => WithModules(module.At("properties.template")!.Value)),
    ];

    // By name where the template's language is 2.0, a list where it is 1.0.
    private static IEnumerable<JsonElement> ResourcesOf(JsonElement resources) => resources.ValueKind == JsonValueKind.Array
        ? resources.EnumerateArray()
        : resources.EnumerateObject().Select(resource => resource.Value);

    private static IEnumerable<JsonProperty> Parameters(JsonElement template) => template.At("parameters")?.EnumerateObject() ?? default;

    private static IEnumerable<JsonProperty> Outputs(JsonElement template) => template.At("outputs")?.EnumerateObject() ?? default;
}
