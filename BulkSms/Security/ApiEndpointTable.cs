using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Security;

/// <summary>Every endpoint of the API, for the hosts that map them and for the gate before them.</summary>
public sealed class ApiEndpointTable(IServiceProvider services, IReadOnlyList<ApiEndpoint> all)
{
    private readonly Dictionary<string, ApiEndpoint> byName = all.ToDictionary(endpoint => endpoint.Name, StringComparer.Ordinal);

    public IReadOnlyList<ApiEndpoint> All => all;

    /// <summary>Constructs whatever answers: called when a host starts.</summary>
    public void Construct()
    {
        foreach (var service in all.Select(endpoint => endpoint.Service).OfType<Type>().Distinct())
        {
            services.GetRequiredService(service);
        }
    }

    /// <summary>The endpoint that a request is for; null: none.</summary>
    public ApiEndpoint? Find(HttpRequest request) => all.FirstOrDefault(endpoint => endpoint.Matches(request));

    /// <summary>Answers a request that the host has routed and let in.</summary>
    /// <param name="name">See <see cref="ApiEndpoint.Name"/>.</param>
    /// <param name="request">The request.</param>
    /// <param name="id">The <c>id</c> of the route.</param>
    public Task<IResult> AnswerAsync(string name, HttpRequest request, string id = "") => byName[name].Answer(services, request, id);
}
