using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using BulkSms.Estimates;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Http;

/// <summary>An RFC 9457 problem document; every error of every endpoint has this shape.</summary>
/// <param name="Type">A stable identifier of the kind of problem.</param>
/// <param name="Title">The kind in words.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Detail">What to do about it, if there is more to say.</param>
/// <param name="Errors">Faults by JSON path (or parameter name): the first 100.</param>
/// <param name="ErrorCount">How many faults there are in all.</param>
/// <param name="BroadcastId">The broadcast to ask about, when its fate is not known.</param>
/// <param name="Estimate">What the broadcast would cost, when that is too much.</param>
public sealed record ProblemDocument(
    string Type,
    string Title,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ErrorCount = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? BroadcastId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CostView? Estimate = null);

/// <summary>The problems that endpoints answer with.</summary>
public static class Problems
{
    /// <summary>Seconds that a caller should wait before it repeats a request that storage could not serve.</summary>
    private const int StorageRetrySeconds = 5;

    public static IResult Invalid(FieldErrors errors) => Answer(new(
        "invalid-request", "The request is not valid.", StatusCodes.Status400BadRequest,
        "Nothing was accepted. Mend every fault listed and send it again.", errors.First, errors.Count));

    // The parser's own message quotes the body: only where it stopped is told.
    public static IResult MalformedJson(JsonException e) => Answer(new(
        "malformed-json", "The body is not valid JSON.", StatusCodes.Status400BadRequest, e.LineNumber is { } line
            ? string.Create(CultureInfo.InvariantCulture, $"It cannot be read at line {line + 1}, byte {e.BytePositionInLine + 1}.")
            : "It repeats a key, is nested too deeply, or has a name that is not valid Unicode."));

    public static IResult Incomplete() => Answer(new(
        "incomplete-body", "The body ended before it was complete.", StatusCodes.Status400BadRequest, "Nothing was accepted. Send it again."));

    public static IResult MalformedForm() => Answer(new(
        "malformed-form", "The body is not valid multipart/form-data.", StatusCodes.Status400BadRequest, "Nothing was accepted."));

    public static IResult Unauthorized() => Answer(new(
        "unauthorized", "A valid function key is required.", StatusCodes.Status401Unauthorized,
        "Send it in the header x-functions-key."));

    public static IResult NoToken() => new WithHeaders(
        Answer(new("unauthorized", "A valid token is required.", StatusCodes.Status401Unauthorized, "Send it in the header Authorization, as a bearer token.")),
        ("WWW-Authenticate", "Bearer"));

    public static IResult TooMany(string what, TimeSpan wait) => new WithHeaders(
        Answer(new("too-many", $"Too many {what}.", StatusCodes.Status429TooManyRequests, "Nothing was accepted. Send it again after the time in Retry-After.")),
        ("Retry-After", Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture)));

    public static IResult Forbidden(string detail) => Answer(new(
        "forbidden", "The request is refused.", StatusCodes.Status403Forbidden, detail));

    public static IResult NotFound(string what) => Answer(new(
        "not-found", $"There is no such {what}.", StatusCodes.Status404NotFound));

    public static IResult TooLarge(long limit) => Answer(new(
        "too-large", "The body is too large.", StatusCodes.Status413PayloadTooLarge, $"At most {limit} bytes are read."));

    public static IResult WrongContentType(string expected) => Answer(new(
        "unsupported-media-type", "The content type is not supported.", StatusCodes.Status415UnsupportedMediaType,
        $"Send {expected}."));

    public static IResult TooExpensive(CostView estimate, decimal maxCost) => Answer(new(
        "too-expensive", "The broadcast may cost more than maxCost allows.", StatusCodes.Status422UnprocessableEntity,
        string.Create(CultureInfo.InvariantCulture, $"Nothing was accepted. {(estimate.Total.Amount is { } total
            ? $"The estimate is {total} {estimate.Currency}, maxCost is {maxCost}."
            : $"The cost is unknown: no price is configured for {string.Join(", ", estimate.UnknownCountries)}.")}"),
        Estimate: estimate));

    public static IResult KeyReused() => Answer(new(
        "idempotency-key-reused", "The idempotency key belongs to another request.", StatusCodes.Status409Conflict,
        "Nothing was accepted. Use a new key for a new broadcast."));

    public static IResult KeyExpired() => Answer(new(
        "idempotency-key-expired", "The idempotency key is too old to be repeated.", StatusCodes.Status409Conflict,
        "Nothing was accepted now. Look the first broadcast up before you use a new key."));

    public static IResult WrongState(string detail) => Answer(new(
        "wrong-state", "That cannot be done in its present state.", StatusCodes.Status409Conflict, detail));

    public static IResult StorageUnavailable() => RetryLater(new(
        "storage-unavailable", "Storage does not answer.", StatusCodes.Status503ServiceUnavailable,
        "Nothing was accepted. It is safe to send the request again."));

    public static IResult OutcomeUnknown(string broadcastId) => RetryLater(new(
        "outcome-unknown", "Storage did not say whether the broadcast was accepted.", StatusCodes.Status503ServiceUnavailable,
        "Look the broadcast up before you send the request again: it may be on its way.", BroadcastId: broadcastId));

    private static IResult Answer(ProblemDocument problem) => Results.Json(
        problem with { Type = "urn:bulksms:problem:" + problem.Type },
        ApiJson.Readable.ProblemDocument, "application/problem+json", problem.Status);

    private static IResult RetryLater(ProblemDocument problem) => new WithHeaders(
        Answer(problem), ("Retry-After", StorageRetrySeconds.ToString(CultureInfo.InvariantCulture)));
}
