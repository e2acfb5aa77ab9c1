using System.Globalization;
using System.Text.Json.Serialization;
using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Estimates;
using BulkSms.Http;
using BulkSms.Lists;
using BulkSms.Messages;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>Sends one recipient's text to a number of the sender's own: a broadcast of its own, which no list and no statistic counts.</summary>
public sealed class TestEndpoint(RequestReader reader, AcceptBroadcast accept, IOptions<BroadcastOptions> options, TimeProvider time)
{
    /// <summary>
    /// <c>POST /api/v1/broadcasts/test?row=</c>: reads what <c>POST /api/v1/broadcasts</c> reads, and <c>testTo</c>; 202 with the text that is sent; 409 when the number has opted out.
    /// </summary>
    public async Task<IResult> TestAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var key = IdempotencyKey.Read(request, out var fault);
        if (fault is not null)
        {
            errors.Add(IdempotencyKey.Header, fault);
        }

        var row = RowQuery.Read(request, errors);
        var read = await reader.ReadAsync(request, errors, RowQuery.Name);
        if (read.Value is not { } whole)
        {
            return read.Refusal!;
        }

        var index = row is null ? 0 : whole.Recipients.Only(null).IndexOfPlace(row.Value) ?? -1;
        if (index < 0)
        {
            errors.Add(RowQuery.Name, RowQuery.ErrorOf(whole.Skipped, row!.Value, whole.Places.AreLines));
        }

        if (whole.Terms.TestTo is null)
        {
            errors.Add(whole.Terms.TestToPath, "is required: the number of your own that gets the text");
        }

        return errors.Any ? Problems.Invalid(errors) : await StorageAnswer.GuardAsync(async () =>
        {
            var test = TestRequest.Of(whole, index);
            return Answer(whole, test, await accept.AcceptAsync(test, key, Caller.Of(request), RequestId.Of(request.HttpContext)));
        });
    }

    private IResult Answer(BroadcastRequest whole, BroadcastRequest test, Acceptance accepted) => accepted switch
    {
        { Result: CommitResult.Committed or CommitResult.Replayed, Broadcast: { } broadcast } => new WithHeaders(
            Results.Json(View(whole, test, broadcast), statusCode: StatusCodes.Status202Accepted),
            [("Location", BroadcastEndpoints.UrlOf(broadcast.Id)), .. accepted.Result is CommitResult.Replayed ? new[] { (IdempotencyKey.ReplayedHeader, "true") } : []]),
        _ => BroadcastEndpoints.Refused(test, accepted, time.GetUtcNow()),
    };

    private TestView View(BroadcastRequest whole, BroadcastRequest test, Broadcast broadcast)
    {
        var (place, extras) = (test.Recipients.Places[0], test.Terms.Extras);
        ListWarning[] warnings = [.. whole.Warnings ?? [], .. QuietWarnings(whole)];
        return new(
            broadcast.Id, true, BroadcastStatus.AtAcceptance(broadcast), whole.Places.AreLines ? place : null, whole.Places.AreLines ? null : place, extras.ContentSid is null ? test.Message : null,
            SegmentsView.Of(test.Segments, test.Segments.Count, extras), BroadcastEndpoints.UrlOf(broadcast.Id), warnings.Length == 0 ? null : warnings,
            Profiles.Profile.Shown(broadcast.Profile), extras.ContentSid is null ? null : ContentVariables.Read(test.Message));
    }

    // The sender asked for the text now: quiet hours are told, not kept.
    private IEnumerable<ListWarning> QuietWarnings(BroadcastRequest whole)
    {
        var now = time.GetUtcNow();
        if (new SendTimes(now, null, options.Value.ExpireAfter, whole.Quiet).For(whole.Terms.TestTo!).DueAt != now)
        {
            yield return new(whole.Terms.TestToPath, string.Create(CultureInfo.InvariantCulture, $"is in the quiet hours {whole.Quiet}: a test is sent all the same"));
        }
    }
}

/// <summary>The answer 202 to a test.</summary>
/// <param name="BroadcastId">Its id.</param>
/// <param name="Test">Always true.</param>
/// <param name="Status">Its status when it was accepted.</param>
/// <param name="Line">The line of the file, or the row of the sheet, whose text it is.</param>
/// <param name="Index">Its index in the request's JSON.</param>
/// <param name="Text">The text that is sent; null: it is that of a content template.</param>
/// <param name="Segments">What is billed.</param>
/// <param name="StatusUrl">Where to ask how it goes.</param>
/// <param name="Warnings">What was read in one of several ways, and the quiet hours of the number; null: nothing.</param>
/// <param name="Profile">The profile that sends it; missing: <c>default</c>.</param>
/// <param name="ContentVariables">The variables of the content template; null: there are none.</param>
public sealed record TestView(
    string BroadcastId,
    bool Test,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Index,
    string? Text,
    SegmentsView Segments,
    string StatusUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ListWarning>? Warnings = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Profile = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? ContentVariables = null);
