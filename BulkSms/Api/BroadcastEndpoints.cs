using System.Globalization;
using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Common;
using BulkSms.Estimates;
using BulkSms.Http;
using BulkSms.Profiles;
using BulkSms.Recipients;
using BulkSms.Security;
using BulkSms.SendingControl;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>The HTTP endpoints of broadcasts, the same in every host. Who may call them is the host's business (function keys).</summary>
public sealed class BroadcastEndpoints(
    RequestReader reader,
    AcceptBroadcast accept,
    BroadcastStore store,
    RecipientPages pages,
    ControlTable holds,
    TimeProvider time)
{
    private static IResult TooExpensive(CostView estimate, decimal maxCost) => Problems.Of(
        "cost-limit-exceeded", "The broadcast may cost more than maxCost allows.", StatusCodes.Status422UnprocessableEntity,
        string.Create(CultureInfo.InvariantCulture, $"Nothing was accepted. {(estimate.Total is { } total
            ? $"The estimate is {total} {estimate.Currency}, maxCost is {maxCost}."
            : $"T{estimate.WhyUnknown()[1..]}.")}"),
        ("estimate", estimate));

    private static IResult Repeated(RecentText? before) => Problems.Of(
        "repeat-not-confirmed", "The same text was accepted for the same list within 24 hours.", StatusCodes.Status409Conflict,
        (before is null ? "Nothing was accepted: the same request came twice at once. " : string.Create(
            CultureInfo.InvariantCulture, $"Nothing was accepted. It was accepted at {before.CreatedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, as broadcast {before.BroadcastId}. "))
        + "Set confirmRepeat to true to send it once more. Send an Idempotency-Key with each request, so that one can be repeated safely.",
        before is null ? [] : [("broadcastId", before.BroadcastId)]);

    private static readonly TimeSpan TestsRetry = TimeSpan.FromMinutes(1);

    public static string UrlOf(string broadcastId) => $"/{Routes.Prefix}/{Routes.Broadcasts}/{broadcastId}";

    /// <summary><c>POST /api/v1/broadcasts</c>: 202 accepted; 400, 413, 415, 422 with nothing accepted; 409 for a key of another request; 503 nothing accepted, or outcome unknown.</summary>
    public async Task<IResult> CreateAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var key = IdempotencyKey.Read(request, out var fault);
        if (fault is not null)
        {
            errors.Add(IdempotencyKey.Header, fault);
        }

        var read = await reader.ReadAsync(request, errors);
        if (read.Value?.Terms is { TestTo: not null } terms)
        {
            errors.Add(terms.TestToPath, "is for POST /v1/broadcasts/test: leave it out to text the whole list");
            return Problems.Invalid(errors);
        }

        return read.Value is { } broadcast
            ? await StorageAnswer.GuardAsync(async () => Answer(broadcast, await accept.AcceptAsync(broadcast, key, Caller.Of(request), RequestId.Of(request.HttpContext))))
            : read.Refusal!;
    }

    /// <summary><c>GET /api/v1/broadcasts/{id}/recipients?status=&amp;limit=&amp;cursor=</c>: what became of every recipient.</summary>
    public Task<IResult> ListRecipientsAsync(HttpRequest request, string id)
    {
        var errors = new FieldErrors();
        var limit = PageQuery.Limit(request, errors);
        var status = Status(request, errors);
        if (!RecipientCursor.TryParse(request.Query["cursor"], out var cursor))
        {
            errors.Add("cursor", "is not a cursor of this list");
        }

        return errors.Any
            ? Task.FromResult(Problems.Invalid(errors))
            : FindAsync(request, id, async broadcast => new ConditionalJson<RecipientPage>(
                await pages.ReadAsync(broadcast, status, await HoldingAsync(request, broadcast), cursor, limit, request.HttpContext.RequestAborted)));
    }

    /// <summary><c>GET /api/v1/broadcasts/{id}/results.csv?status=</c>: what became of every recipient, as one file, as it comes from storage.</summary>
    public Task<IResult> DownloadResultsAsync(HttpRequest request, string id)
    {
        var errors = new FieldErrors();
        var status = Status(request, errors);
        return errors.Any
            ? Task.FromResult(Problems.Invalid(errors))
            : FindAsync(request, id, async broadcast => await CsvAnswer.StreamAsync(
                pages.AllAsync(broadcast, status, await HoldingAsync(request, broadcast), request.HttpContext.RequestAborted), $"{broadcast.Id}.csv",
                (stream, recipients) => ResultsCsv.WriteAsync(stream, broadcast.IsFile, broadcast.DataColumns, broadcast.Extras.ShortenUrls, recipients)));
    }

    private async Task<Holding> HoldingAsync(HttpRequest request, Broadcast broadcast) =>
        new(
            broadcast, await holds.ReadAsync(request.HttpContext.RequestAborted), time.GetUtcNow(), await pages.IsOthersAsync(broadcast, request.HttpContext.RequestAborted));

    private static StatusFilter? Status(HttpRequest request, FieldErrors errors)
    {
        var text = request.Query["status"].ToString();
        var filter = text.Length == 0 ? null : StatusFilter.Parse(text);
        if (text.Length > 0 && filter is null)
        {
            errors.Add("status", StatusFilter.Fault);
        }

        return filter;
    }

    private IResult Answer(BroadcastRequest request, Acceptance accepted) => (accepted.Result, accepted.Broadcast) switch
    {
        (CommitResult.Committed, { } broadcast) => Accepted(request, broadcast, ("Location", UrlOf(broadcast.Id))),
        (CommitResult.Replayed, { } broadcast) => Accepted(request, broadcast, ("Location", UrlOf(broadcast.Id)), (IdempotencyKey.ReplayedHeader, "true")),
        _ => Refused(request, accepted, time.GetUtcNow()),
    };

    /// <summary>The answer to a request that was not accepted.</summary>
    internal static IResult Refused(BroadcastRequest request, Acceptance accepted, DateTimeOffset now) => (accepted.Result, accepted.Broadcast) switch
    {
        (CommitResult.Unknown, { } broadcast) => Problems.OutcomeUnknown(broadcast.Id),
        (CommitResult.KeyReused, _) => Problems.KeyReused(),
        (CommitResult.KeyExpired, _) => Problems.KeyExpired(),
        (CommitResult.NeverWithinLimit, _) => Problems.Of(
            "recipient-limit-exceeded", "The broadcast has more recipients than are allowed in a day.", StatusCodes.Status422UnprocessableEntity,
            "Nothing was accepted, and waiting does not help. Split the broadcast over several days, or have Limits:RecipientsPerDay raised."),
        (CommitResult.OverLimit, _) => UsageProblems.TooManyRecipients(accepted.Usage!, now),
        (CommitResult.OverBudget, _) => UsageProblems.OverBudget(accepted.Usage!, accepted.Cost!),
        (CommitResult.TooManyTests, _) => Problems.TooMany("tests", TestsRetry),
        (CommitResult.OptedOut, _) => Problems.Of(
            "opted-out", "The number has opted out.", StatusCodes.Status409Conflict, "Nothing was accepted: a number that has opted out gets no test either. Name another number."),
        (CommitResult.Repeated, _) => Repeated(accepted.Before),
        (CommitResult.Untimely, _) => Problems.Invalid(accepted.Errors!),
        (CommitResult.TooExpensive, _) => TooExpensive(CostView.Of(accepted.Cost!, request.Terms.MaxCost), request.Terms.MaxCost!.Value),
        _ => Problems.StorageUnavailable(),
    };

    private static WithHeaders Accepted(BroadcastRequest request, Broadcast broadcast, params (string, string)[] headers) =>
        new(Results.Json(View(request, broadcast), statusCode: StatusCodes.Status202Accepted), headers);

    private static AcceptedView View(BroadcastRequest request, Broadcast broadcast) => new(
        broadcast.Id, BroadcastStatus.AtAcceptance(broadcast), broadcast.RecipientsCount, broadcast.DuplicatesRemoved, broadcast.OptedOut, broadcast.Invalid, broadcast.KnownBad,
        SegmentsView.Of(broadcast), UrlOf(broadcast.Id), request.Warnings, Profile.Shown(broadcast.Profile));

    private Task<IResult> FindAsync(HttpRequest request, string id, Func<Broadcast, Task<IResult>> found) => StorageAnswer.GuardAsync(async () =>
        BroadcastId.IsWellFormed(id) && await store.FindWithoutRecipientsAsync(id, request.HttpContext.RequestAborted) is { } broadcast
            ? await found(broadcast)
            : Problems.NoBroadcast());
}
