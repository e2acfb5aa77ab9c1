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

    /// <summary>The type of what answers, to be constructed when a host starts, so that what cannot be constructed stops the start; null: none is needed.</summary>
    public Type? Service { get; init; }

    public bool Matches(HttpRequest request) => Method.Equals(request.Method, StringComparison.OrdinalIgnoreCase) && matcher.TryMatch(request.Path, []);
}
