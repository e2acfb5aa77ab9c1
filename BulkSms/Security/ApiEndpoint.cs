using BulkSms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace BulkSms.Security;

/// <summary>An endpoint of the API: what it is called, where it is, who may call it, and what answers.</summary>
/// <param name="Name">The name of its function on Azure.</param>
/// <param name="Method">The HTTP method, in capitals.</param>
/// <param name="Route">One of <see cref="Routes"/>, below the prefix.</param>
/// <param name="Role">What a caller's token must say; null: neither a key nor a token is needed.</param>
/// <param name="Answer">Answers a request; the text is the <c>id</c> of the route, empty where it has none.</param>
public sealed record ApiEndpoint(string Name, string Method, string Route, string? Role, Func<IServiceProvider, HttpRequest, string, Task<IResult>> Answer)
{
    private readonly TemplateMatcher matcher = new(TemplateParser.Parse($"{Routes.Prefix}/{Route}"), new RouteValueDictionary());

    /// <summary>
    /// Whether it stops something, or says whether all is well. Requests to each of these are counted by themselves: no traffic may use up what an operator needs in an emergency.
    /// </summary>
    public bool HasLimitOfItsOwn { get; init; }

    /// <summary>The parameters that its address may have; another is an error, as it would be passed over. Null: the endpoint sees to that itself, or Twilio chooses them.</summary>
    public IReadOnlyList<string>? Query { get; init; }

    /// <summary>The methods that it takes: HEAD works where GET does.</summary>
    public IReadOnlyList<string> Methods => HttpMethods.IsGet(Method) ? [Method, HttpMethods.Head] : [Method];

    /// <summary>The type of what answers, to be constructed when a host starts, so that what cannot be constructed stops the start; null: none is needed.</summary>
    public Type? Service { get; init; }

    public bool Matches(HttpRequest request) => Methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase) && MatchesPath(request);

    /// <summary>The <c>id</c> of the route in a request's address, which no host has routed; empty where it has none.</summary>
    public string IdOf(HttpRequest request)
    {
        var values = new RouteValueDictionary();
        return matcher.TryMatch(request.Path, values) ? values["id"] as string ?? "" : "";
    }

    /// <summary>Whether a request is for its route, by whatever method.</summary>
    public bool MatchesPath(HttpRequest request) => matcher.TryMatch(request.Path, []);
}
