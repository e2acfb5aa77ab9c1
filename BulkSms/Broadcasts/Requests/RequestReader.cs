using BulkSms.Http;
using BulkSms.Profiles;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Reads a broadcast out of an HTTP request, by its content type. All of it stands in the body: addresses are logged.</summary>
public sealed class RequestReader(JsonRequestReader json, FormReader form, ProfileCatalog profiles, IOptions<BroadcastOptions> options)
{
    private const string Types = $"{JsonBody.MediaType}, or {FormReader.MediaType} with the list as the part {RecipientCollector.Recipients}";

    private readonly BroadcastOptions limits = options.Value;

    /// <summary>Reads the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="errors">Takes the faults; those that are in it already count as well.</param>
    /// <param name="inAddress">The parameters that the address may have.</param>
    /// <returns>The request without a fault, or the answer to one that cannot be taken.</returns>
    public async Task<ReadResult<BroadcastRequest>> ReadAsync(HttpRequest request, FieldErrors errors, params string[] inAddress)
    {
        foreach (var name in QueryNames.Of(request.Query).Except(inAddress, StringComparer.Ordinal))
        {
            errors.Add(JsonFields.Printable(name), "must be a field of the body, not of the address");
        }

        var choice = profiles.ChoiceOf(request);
        var read = RequestBody.Is(request, FormReader.MediaType) && FormReader.BoundaryOf(MediaTypeHeaderValue.Parse(request.ContentType)) is { } boundary
            ? await ReadFormAsync(request, boundary, choice, errors)
            : RequestBody.Is(request, JsonBody.MediaType) ? await JsonBody.ReadAsync(request, limits.MaxRequestBytes, errors, (root, faults) => json.Read(root, faults, choice))
            : Refuse(Problems.WrongContentType(Types));
        if (read.Value?.Terms is not { IsHigh: true } terms || request.HttpContext.Features.Get<ValidToken>() is not { } token || token.Roles.Contains(CallerRoles.SendHigh))
        {
            return read;
        }

        errors.Add(terms.PriorityPath, $"cannot be high: your token has no role {CallerRoles.SendHigh}");
        return Refuse(Problems.Invalid(errors));
    }

    private async Task<ReadResult<BroadcastRequest>> ReadFormAsync(HttpRequest request, string boundary, ProfileChoice choice, FieldErrors errors)
    {
        if (request.ContentLength > limits.MaxUploadBytes)
        {
            return Refuse(Problems.TooLarge(limits.MaxUploadBytes));
        }

        try
        {
            var body = new LimitedStream(request.Body, limits.MaxUploadBytes);
            return await form.ReadAsync(body, boundary, choice, errors, request.HttpContext.RequestAborted) is { } read ? read : Refuse(Problems.Invalid(errors));
        }
        catch (BodyTooLargeException e)
        {
            return Refuse(Problems.TooLarge(e.Limit));
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

    private static ReadResult<BroadcastRequest> Refuse(IResult refusal) => new ReadResult<BroadcastRequest>(null, refusal);
}
