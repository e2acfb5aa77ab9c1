using System.Globalization;
using System.Text.Json;
using BulkSms.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace BulkSms.Http;

/// <summary>The problems that endpoints answer with.</summary>
public static class Problems
{
    private const string Prefix = "urn:bulksms:problem:";

    /// <summary>Seconds that a caller should wait before it repeats a request that storage could not serve.</summary>
    private const int StorageRetrySeconds = 5;

    public static IResult Invalid(FieldErrors errors) => Of(
        "invalid-request", "The request is not valid.", StatusCodes.Status400BadRequest,
        "Nothing was accepted. Fix the listed errors and resend the request.",
        ("errors", errors.First), ("errorCount", errors.Count));

    // The parser's own message quotes the body: only where it stopped is told.
    public static IResult MalformedJson(JsonException e) => Of(
        "malformed-json", "The body is not valid JSON.", StatusCodes.Status400BadRequest, e.LineNumber is { } line
            ? string.Create(CultureInfo.InvariantCulture, $"It cannot be read at line {line + 1}, byte {e.BytePositionInLine + 1}.")
            : "It is not UTF-8, repeats a key, is nested too deeply, or has a name that is not valid Unicode.");

    public static IResult Incomplete() => Of(
        "incomplete-body", "The body ended before it was complete.", StatusCodes.Status400BadRequest, "Nothing was accepted. Send it again.");

    public static IResult MalformedForm() => Of(
        "malformed-form", "The body is not valid multipart/form-data.", StatusCodes.Status400BadRequest, "Nothing was accepted.");

    public static IResult Unauthorized() => Of(
        "unauthorized", "A valid function key is required.", StatusCodes.Status401Unauthorized,
        "Send it in the header x-functions-key.");

    public static IResult NoToken() => new WithHeaders(
        Of("unauthorized", "A valid token is required.", StatusCodes.Status401Unauthorized, "Send it in the header Authorization, as a bearer token."),
        ("WWW-Authenticate", "Bearer"));

    public static IResult TooMany(string what, TimeSpan wait, string detail = "Nothing was accepted. Send it again after the time in Retry-After.") => new WithHeaders(
        Of("rate-limited", $"Too many {what}.", StatusCodes.Status429TooManyRequests, detail),
        ("Retry-After", Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture)));

    public static IResult Forbidden(string detail) => Of(
        "forbidden", "The request is refused.", StatusCodes.Status403Forbidden, detail);

    /// <param name="what">What there is not.</param>
    /// <param name="detail">Where to see what there is.</param>
    public static IResult NotFound(string what, string detail) => Of(
        "not-found", $"There is no such {what}.", StatusCodes.Status404NotFound, detail);

    public static IResult NoBroadcast() => NotFound("broadcast", "Check its id. GET /api/v1/broadcasts lists the broadcasts.");

    public static IResult NoRoute() => NotFound("route", "Check the address. GET /api/openapi.json describes every route.");

    /// <param name="allowed">The methods that the route takes, as the header <c>Allow</c> lists them.</param>
    public static IResult MethodNotAllowed(string allowed) => new WithHeaders(
        Of("method-not-allowed", "The route does not take this method.", StatusCodes.Status405MethodNotAllowed, $"It takes {allowed}."), ("Allow", allowed));

    public static IResult TooLarge(long limit) => Of(
        "payload-too-large", "The body is too large.", StatusCodes.Status413PayloadTooLarge, $"At most {limit} bytes are read.");

    public static IResult WrongContentType(string expected) => Of(
        "unsupported-media-type", "The content type is not supported.", StatusCodes.Status415UnsupportedMediaType,
        $"Send {expected}.");

    public static IResult KeyReused() => Of(
        "idempotency-key-reused", "The idempotency key belongs to another request.", StatusCodes.Status409Conflict,
        "Nothing was accepted. Use a new key for a new broadcast.");

    public static IResult KeyExpired() => Of(
        "idempotency-key-expired", "The idempotency key is too old to be repeated.", StatusCodes.Status409Conflict,
        "Nothing was accepted now. Look the first broadcast up before you use a new key.");

    public static IResult InvalidState(string detail) => Of(
        "invalid-state", "That cannot be done in its present state.", StatusCodes.Status409Conflict, detail);

    public static IResult Failed() => Of(
        "internal-error", "The request failed unexpectedly.", StatusCodes.Status500InternalServerError,
        "What became of it is not known. Look up what it was to change, or resend it under its Idempotency-Key.");

    public static IResult StorageUnavailable() => RetryLater(Of(
        "storage-unavailable", "Storage does not answer.", StatusCodes.Status503ServiceUnavailable,
        "Nothing was accepted. It is safe to send the request again."));

    /// <summary>What was asked for needs an answer of Twilio's.</summary>
    /// <param name="detail">Why there is none, and what to do.</param>
    public static IResult TwilioUnavailable(string detail) => RetryLater(Of("twilio-unavailable", "Twilio does not answer.", StatusCodes.Status503ServiceUnavailable, detail));

    /// <summary>Storage went away in the middle of a change. The same request, sent again, must finish it.</summary>
    public static IResult PartlyDone(WorkDone done)
    {
        var known = done.Fact ?? (done.Counts.Count > 0 ? "Some of it is done: done counts what is certain." : "Whether any of it is done is not known.");
        var detail = $"{known} The rest may be done or not. Send the same request again: it finishes what is left.";
        return RetryLater(Of(
            "partly-done", "Storage went away before everything was done.", StatusCodes.Status503ServiceUnavailable, detail,
            done.Counts.Count > 0 ? [("done", new Dictionary<string, int>(done.Counts, StringComparer.Ordinal))] : []));
    }

    public static IResult OutcomeUnknown(string broadcastId) => RetryLater(Of(
        "outcome-unknown", "Storage did not say whether the broadcast was accepted.", StatusCodes.Status503ServiceUnavailable,
        "Look the broadcast up before you send the request again: it may be on its way.", ("broadcastId", broadcastId)));

    /// <summary>A problem of an endpoint's own.</summary>
    /// <param name="type">The kind, without the prefix of all kinds.</param>
    /// <param name="title">The kind in words.</param>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="detail">The next step.</param>
    /// <param name="members">Further members of the document.</param>
    public static IResult Of(string type, string title, int status, string detail, params (string Name, object Value)[] members) =>
        new ProblemAnswer(Document(type, title, status, detail, members));

    private static ProblemDetails Document(string type, string title, int status, string detail, (string Name, object Value)[] members)
    {
        var problem = new ProblemDetails { Type = Prefix + type, Title = title, Status = status, Detail = detail };
        foreach (var (name, value) in members)
        {
            problem.Extensions[name] = value;
        }

        return problem;
    }

    private static IResult RetryLater(IResult problem) => new WithHeaders(
        problem, ("Retry-After", StorageRetrySeconds.ToString(CultureInfo.InvariantCulture)));
}
