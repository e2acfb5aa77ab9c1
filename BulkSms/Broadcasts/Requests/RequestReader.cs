using System.Text.Json;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Broadcasts.Requests;

/// <summary>What came of reading a request: either of both.</summary>
/// <param name="Request">The request, without a fault.</param>
/// <param name="Refusal">The answer to one that cannot be taken.</param>
public readonly record struct ReadRequest(BroadcastRequest? Request, IResult? Refusal);

/// <summary>Reads a broadcast out of an HTTP request, by its content type.</summary>
public sealed class RequestReader(JsonRequestReader json, IOptions<BroadcastOptions> options)
{
    private const string Json = "application/json";

    /// <summary>Reads the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="errors">Takes the faults; those that are in it already count as well.</param>
    public async Task<ReadRequest> ReadAsync(HttpRequest request, FieldErrors errors)
    {
        if (!RequestBody.Is(request, Json))
        {
            return new(null, Problems.WrongContentType(Json));
        }

        if (await RequestBody.ReadAsync(request, options.Value.MaxRequestBytes, request.HttpContext.RequestAborted) is not { } body)
        {
            return new(null, Problems.TooLarge(options.Value.MaxRequestBytes));
        }

        try
        {
            return json.Read(body, errors) is { } broadcast ? new(broadcast, null) : new(null, Problems.Invalid(errors));
        }
        catch (JsonException e)
        {
            return new(null, Problems.MalformedJson(e));
        }
    }
}
