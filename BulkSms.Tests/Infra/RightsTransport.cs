using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace BulkSms.Tests.Infra;

/// <summary>A storage transport that refuses what an identity with these roles may not do.</summary>
/// <param name="inner">Makes the calls.</param>
/// <param name="roles">Names of roles by what they are on, such as <c>tables/Recipients</c>.</param>
internal sealed partial class RightsTransport(HttpPipelineTransport inner, IReadOnlyDictionary<string, string> roles) : HttpPipelineTransport
{
    /// <summary>What was asked for without a right to it.</summary>
    public ConcurrentQueue<string> Refused { get; } = [];

    /// <summary>What was used.</summary>
    public ConcurrentDictionary<string, bool> Used { get; } = new(StringComparer.Ordinal);

    public override Request CreateRequest() => inner.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var path = Uri.UnescapeDataString(message.Request.Uri.ToUri().AbsolutePath);
        foreach (var thing in await ThingsAsync(path, message.Request.Content))
        {
            if (roles.TryGetValue(thing, out var role) && Allows(role, message.Request.Method, path))
            {
                Used[thing] = true;
                continue;
            }

            Refused.Enqueue($"{message.Request.Method} {path}: {thing}");
            throw new Azure.RequestFailedException((int)HttpStatusCode.Forbidden, $"{path} is refused", "AuthorizationPermissionMismatch", null);
        }

        await inner.ProcessAsync(message);
    }

    private static bool Allows(string role, RequestMethod method, string path) => role switch
    {
        "Storage Queue Data Message Sender" => method == RequestMethod.Post && path.EndsWith("/messages", StringComparison.Ordinal),
        _ => true,
    };

    private static async Task<IReadOnlyCollection<string>> ThingsAsync(string path, RequestContent? content)
    {
        if (path.EndsWith("/$batch", StringComparison.Ordinal))
        {
            using var body = new MemoryStream();
            await content!.WriteToAsync(body, CancellationToken.None);
            return [.. InBatch().Matches(Encoding.UTF8.GetString(body.ToArray())).Select(match => $"tables/{match.Groups["name"].Value}").Distinct(StringComparer.Ordinal)];
        }

        var match = Plain().Match(path);
        return [$"{match.Groups["kind"].Value switch { "table" => "tables", "queue" => "queues", _ => "containers" }}/{match.Groups["name"].Value}"];
    }

    // In memory the account's name stands behind the service: /table-1f2e/Recipients(…)
    [GeneratedRegex(@"^/(?<kind>table|queue|blob)(-\w+)?/(?<name>[\w-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"/table(-\w+)?/(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InBatch();
}
