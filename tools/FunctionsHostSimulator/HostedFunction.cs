using System.Text.Json.Nodes;
using BulkSms.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace BulkSms.FunctionsHostSimulator;

/// <summary>A function as the worker's metadata describes it to the host.</summary>
/// <param name="Id">What the host calls it in an invocation.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trigger">Its trigger's binding.</param>
public sealed record HostedFunction(string Id, string Name, JsonObject Trigger)
{
    /// <summary>The parameter that the trigger fills.</summary>
    public string Parameter => (string)Trigger["name"]!;

    public bool IsHttp => (string)Trigger["type"]! == "httpTrigger";

    /// <summary>Whether a queue trigger is given its message with all that storage says of it, and not the text alone.</summary>
    public bool TakesWholeMessage => bool.TryParse((string?)Trigger["properties"]?["supportsDeferredBinding"], out var deferred) && deferred;

    private string Route => (string)Trigger["route"]!;

    public static HostedFunction Read(JsonNode metadata)
    {
        var bindings = metadata["rawBindings"]!.AsArray().Select(binding => JsonNode.Parse((string)binding!)!.AsObject());
        var trigger = bindings.Single(binding => ((string)binding["type"]!).EndsWith("Trigger", StringComparison.Ordinal));
        return new((string)metadata["functionId"]!, (string)metadata["name"]!, trigger);
    }

    /// <summary>The function that a request is for, as the host routes it: the first by name whose route fits.</summary>
    public static (HostedFunction Function, RouteValueDictionary Values)? Find(IEnumerable<HostedFunction> functions, string method, string path)
    {
        var taking = functions.Where(function => function.IsHttp && function.Takes(method));
        foreach (var function in taking.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase))
        {
            var values = new RouteValueDictionary();
            if (new TemplateMatcher(TemplateParser.Parse($"{Routes.Prefix}/{function.Route}"), []).TryMatch(path, values))
            {
                return (function, values);
            }
        }

        return null;
    }

    private bool Takes(string method) => Trigger["methods"] is not { } methods || methods.AsArray().Any(taken => method.Equals((string)taken!, StringComparison.OrdinalIgnoreCase));
}
