using System.Text.Json;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BulkSms.Broadcasts.Requests;

/// <summary>What came of reading a request: either of both.</summary>
/// <param name="Request">The request, without a fault.</param>
/// <param name="Refusal">The answer to one that cannot be taken.</param>
public readonly record struct ReadRequest(BroadcastRequest? Request, IResult? Refusal)
{
    public static implicit operator ReadRequest(BroadcastRequest request) => new(request, null);
}

/// <summary>Reads a broadcast out of an HTTP request, by its content type.</summary>
public sealed class RequestReader(JsonRequestReader json, UploadReader upload, FormReader form, IOptions<BroadcastOptions> options)
{
    private const string Json = "application/json";
    private const string Types = $"{Json}, {UploadReader.Csv}, {UploadReader.Ndjson} or {FormReader.MediaType}";
    private readonly BroadcastOptions limits = options.Value;

    /// <summary>Reads the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="errors">Takes the faults; those that are in it already count as well.</param>
    public async Task<ReadRequest> ReadAsync(HttpRequest request, FieldErrors errors)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var known) ? known : null;
        try
        {
            return RequestBody.Is(request, Json) ? await ReadJsonAsync(request, errors)
                : UploadReader.Takes(type) ? Of(await ReadFileAsync(request, type!, errors), errors)
                : RequestBody.Is(request, FormReader.MediaType) && FormReader.BoundaryOf(type!) is { } boundary ? Of(await ReadFormAsync(request, boundary, errors), errors)
                : Refuse(Problems.WrongContentType(Types));
        }
        catch (BodyTooLargeException e)
        {
            return Refuse(Problems.TooLarge(e.Limit));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(Problems.TooLarge(limits.MaxUploadBytes)); // the host's own limit
        }
        catch (IOException)
        {
            return Refuse(Problems.Incomplete());
        }
        catch (InvalidDataException)
        {
            return Refuse(Problems.MalformedForm());
        }
    }

    private async Task<ReadRequest> ReadJsonAsync(HttpRequest request, FieldErrors errors)
    {
        if (await RequestBody.ReadAsync(request, limits.MaxRequestBytes, request.HttpContext.RequestAborted) is not { } body)
        {
            return Refuse(Problems.TooLarge(limits.MaxRequestBytes));
        }

        try
        {
            return Of(json.Read(body, errors), errors);
        }
        catch (JsonException e)
        {
            return Refuse(Problems.MalformedJson(e));
        }
    }

    private async Task<BroadcastRequest?> ReadFileAsync(HttpRequest request, MediaTypeHeaderValue type, FieldErrors errors)
    {
        var fields = TextFields.Of(request.Query, errors);
        var collector = await upload.ReadAsync(Body(request), type, fields, errors, request.HttpContext.RequestAborted);
        return collector.Complete();
    }

    private async Task<BroadcastRequest?> ReadFormAsync(HttpRequest request, string boundary, FieldErrors errors)
    {
        var query = TextFields.Of(request.Query, errors);
        foreach (var name in query.Names)
        {
            errors.Add(query.PathOf(name), "must be a field of the form");
        }

        return await form.ReadAsync(Body(request), boundary, errors, request.HttpContext.RequestAborted);
    }

    private LimitedStream Body(HttpRequest request)
    {
        if (request.ContentLength > limits.MaxUploadBytes)
        {
            throw new BodyTooLargeException(limits.MaxUploadBytes);
        }

        // Kestrel's own limit is 30,000,000 bytes; on Functions the host has read the request, by its limit, before the app sees it.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } host)
        {
            host.MaxRequestBodySize = null;
        }

        return new(request.Body, limits.MaxUploadBytes);
    }

    private static ReadRequest Of(BroadcastRequest? request, FieldErrors errors) => request is null ? Refuse(Problems.Invalid(errors)) : request;

    private static ReadRequest Refuse(IResult refusal) => new(null, refusal);
}
