using BulkSms.Outbox;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>Endpoints of the settings, checked at start as those that callers put. What is wrong with a secret is said without showing it.</summary>
public sealed class ConfiguredEndpointsValidator : IValidateOptions<EventOptions>
{
    private const string Reference = "@Microsoft.KeyVault";

    public ValidateOptionsResult Validate(string? name, EventOptions options)
    {
        var errors = options.Endpoints.SelectMany(each => ErrorsOf(each.Key, each.Value, options.AllowPrivateAddresses)).ToArray();
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> ErrorsOf(string name, EventEndpointOptions endpoint, bool allowPrivate)
    {
        var setting = $"{EventOptions.Section}:{nameof(EventOptions.Endpoints)}:{name}";
        if (!EventEndpoint.IsName(name) || name == EventEndpoint.EventGrid)
        {
            yield return $"{setting}: an endpoint's name must be 1 to {EventEndpoint.LongestName} characters of a to z, 0 to 9 and -, a letter first, and not {EventEndpoint.EventGrid}.";
        }

        if (EndpointAddress.FaultOf(endpoint.Url, allowPrivate, out _) is { } fault)
        {
            yield return $"{setting}:{nameof(endpoint.Url)} {fault}.";
        }

        if (EventEndpoint.TypesOf(endpoint.Types).FirstOrDefault(type => !EventTypes.All.Contains(type, StringComparer.Ordinal)) is { } wrong)
        {
            yield return $"{setting}:{nameof(endpoint.Types)} has {wrong}, which is not the type of an event. There are {string.Join(", ", EventTypes.All)}.";
        }

        if (EndpointSecrets.Read(endpoint.Secret) is null)
        {
            yield return $"{setting}:{nameof(endpoint.Secret)} must be whsec_ and 24 to 64 bytes in Base64, or two such with a semicolon between. "
                + (endpoint.Secret.StartsWith(Reference, StringComparison.Ordinal)
                    ? "It is a Key Vault reference that was not resolved: check the secret's name, and that the app's identity may read it."
                    : "Make it with: echo \"whsec_$(openssl rand -base64 32)\"");
        }
    }
}
