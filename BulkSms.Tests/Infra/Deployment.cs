using System.Text.Json;

namespace BulkSms.Tests.Infra;

/// <summary>What a deployment makes, resource by resource, modules resolved.</summary>
public sealed class Deployment
{
    private readonly JsonElement root;

    public Deployment(string snapshot)
    {
        root = JsonDocument.Parse(snapshot).RootElement;
        Assert.Empty(root.GetProperty("diagnostics").EnumerateArray());
    }

    public IReadOnlyList<JsonElement> Resources => [.. root.GetProperty("predictedResources").EnumerateArray()];

    public IReadOnlyList<JsonElement> All(string type) => [.. Resources.Where(resource => resource.Text("type") == type)];

    public JsonElement One(string type) => Assert.Single(All(type));

    /// <summary>One resource of an app: the one whose name begins with the app's.</summary>
    /// <param name="type">The resource's type.</param>
    /// <param name="app">"api" or "send".</param>
    /// <param name="name">What the resource's name ends with.</param>
    public JsonElement Of(string app, string type, string name = "") =>
        Assert.Single(
            All(type).Where(resource => resource.Text("name").Contains($"-{app}-", StringComparison.Ordinal)),
            resource => resource.Text("name").EndsWith(name, StringComparison.Ordinal));

    /// <summary>The last parts of the names of all resources of a type.</summary>
    /// <param name="type">The resources' type.</param>
    public IEnumerable<string> Names(string type) => All(type).Select(resource => resource.Text("name").Split('/')[^1]);

    /// <summary>An app's settings.</summary>
    /// <param name="app">"api" or "send".</param>
    public Dictionary<string, string> Settings(string app) => Of(app, "Microsoft.Web/sites/config", "appsettings")
        .GetProperty("properties").EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!);
}

internal static class JsonPaths
{
    /// <summary>The value at a path of property names, parted by dots; null where there is none.</summary>
    /// <param name="element">Where the path begins.</param>
    /// <param name="path">The path.</param>
    public static JsonElement? At(this JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    /// <summary>The value at a path as text, as JSON writes it; empty where there is none.</summary>
    /// <param name="element">Where the path begins.</param>
    /// <param name="path">The path.</param>
    public static string Text(this JsonElement element, string path) => element.At(path)?.ToString() ?? "";

    /// <summary>Asserts that values at paths are these.</summary>
    /// <param name="element">Where the paths begin.</param>
    /// <param name="expected">Each path and its value, as JSON writes it.</param>
    public static void AssertHas(this JsonElement element, params (string Path, string Value)[] expected) => Assert.Equal(
        expected.Select(pair => $"{pair.Path} = {pair.Value}"),
        expected.Select(pair => $"{pair.Path} = {element.Text(pair.Path)}"));
}
