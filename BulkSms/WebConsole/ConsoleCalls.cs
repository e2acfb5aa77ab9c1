using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.WebConsole;

/// <summary>
/// The calls of a console whose user has signed in at the issuer: by a bearer token alone, because a person has no function key. They go to the same table of endpoints, with the
/// same roles and limits. Without <c>Auth</c> there is no such route: it would be open to all.
/// </summary>
public sealed class ConsoleCalls(ApiEndpointTable endpoints, CallerGate gate, IServiceProvider services, IOptions<AuthOptions> auth)
{
    private const string Prefix = $"{ConsoleEndpoint.Root}api/";
    private const string KeyParameter = "code";

    public async Task<IResult> AnswerAsync(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        if (!auth.Value.IsOn || !path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Problems.NoRoute();
        }

        if (request.Headers.ContainsKey(Caller.KeyHeader) || request.Query.ContainsKey(KeyParameter))
        {
            return Problems.NoToken(); // a key opens nothing here, and must not be sent in vain
        }

        request.Path = $"/{Routes.Prefix}/{path[Prefix.Length..]}";
        if (endpoints.Find(request) is not { } endpoint)
        {
            return endpoints.AnswerOther(request);
        }

        // What is open to all has an address of its own.
        return endpoint.Role is null ? Problems.NoRoute() : await gate.RefuseAsync(request) ?? await endpoint.Answer(services, request, endpoint.IdOf(request));
    }
}
