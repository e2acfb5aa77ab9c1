using BulkSms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace BulkSms.Security;

/// <summary>Every endpoint of the API, for the hosts that map them and for the gate before them.</summary>
public sealed class ApiEndpointTable(IServiceProvider services, IReadOnlyList<ApiEndpoint> all)
{
    private readonly Dictionary<string, ApiEndpoint> byName = all.ToDictionary(endpoint => endpoint.Name, StringComparer.Ordinal);

    public IReadOnlyList<ApiEndpoint> All => all;

    /// <summary>Constructs whatever answers: a host does it once, before it listens.</summary>
    public void Construct()
    {
        foreach (var service in all.Select(endpoint => endpoint.Service).OfType<Type>().Distinct())
        {
            services.GetRequiredService(service);
        }
    }

    /// <summary>The endpoint that a request is for; null: none.</summary>
    public ApiEndpoint? Find(HttpRequest request) => all.FirstOrDefault(endpoint => endpoint.Matches(request));

    /// <summary>Answers what is for no endpoint: OPTIONS and 405 with the methods of the route, 404 where there is none. It tells no more than the API's own description, so no key is asked for.</summary>
    public IResult AnswerOther(HttpRequest request)
    {
        // A fixed route comes before one with a parameter.
        if (all.Where(endpoint => endpoint.MatchesPath(request)).GroupBy(endpoint => endpoint.Route.Contains('{', StringComparison.Ordinal)).MinBy(route => route.Key) is not { } taking)
        {
            return Problems.NoRoute();
        }

        var allowed = string.Join(", ", taking.SelectMany(endpoint => endpoint.Methods).Distinct(StringComparer.Ordinal).Append(HttpMethods.Options));
        return HttpMethods.IsOptions(request.Method) ? new WithHeaders(Results.NoContent(), (HeaderNames.Allow, allowed)) : Problems.MethodNotAllowed(allowed);
    }

    /// <summary>Answers a request that the host has routed and let in.</summary>
    /// <param name="name">See <see cref="ApiEndpoint.Name"/>.</param>
    /// <param name="request">The request.</param>
    /// <param name="id">The <c>id</c> of the route.</param>
    public Task<IResult> AnswerAsync(string name, HttpRequest request, string id = "") => byName[name].Answer(services, request, id);
}
