using System.Text.Json;
using BulkSms.Audit;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Recipients;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>The review list as callers see it and decide on it.</summary>
public sealed class ReviewEndpoints(ReviewList list, ReviewActions actions, OptOutCursor cursors, AuditLog audit, IOptions<OptOutOptions> options)
{
    private const string Phone = "phone";
    private const string To = "to";
    private const string Decision = "decision";
    private const string LastMessage = "lastMessageSid";

    /// <summary><c>GET /api/v1/optouts/review?limit=&amp;cursor=</c>, in the order of the phones.</summary>
    public async Task<IResult> ListAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var limit = PageQuery.Limit(request, errors);
        var after = request.Query["cursor"].ToString() is { Length: > 0 } cursor ? await cursors.ReadAsync(cursor, request.HttpContext.RequestAborted) ?? "" : null;
        if (after is "")
        {
            errors.Add("cursor", "is not a cursor of this list");
        }

        return errors.Any ? Problems.Invalid(errors) : await StorageAnswer.GuardAsync(async () =>
        {
            var found = await list.AfterAsync(after, request.HttpContext.RequestAborted).Take(limit + 1).ToListAsync(request.HttpContext.RequestAborted);
            ReviewEntry[] page = [.. found.Take(limit)];
            return Results.Json(new ReviewPage(page, found.Count > limit ? await cursors.WriteAsync(OptOutKey.Of(page[^1].Phone), request.HttpContext.RequestAborted) : null));
        });
    }

    /// <summary>
    /// <c>POST /api/v1/optouts/review</c> with <c>{"phone": "+15551234567", "decision": "optOut"}</c>, <c>dismiss</c> or <c>optIn</c>; with <c>lastMessageSid</c>, 409 when a text
    /// has come since. 200 once it is done; 404 when nothing waits for a decision.
    /// </summary>
    public async Task<IResult> DecideAsync(HttpRequest request)
    {
        var read = await JsonBody.ReadAsync(request, options.Value.MaxRequestBytes, new(), Read);
        return read.Value is { } asked ? await StorageAnswer.ChangeAsync(done => audit.RunAsync(
            request, AuditAction.DecideOptOutReview, AuditObject.Phones([asked.Phone]), () => DecideAsync(asked, done), detail: $"decision: {WordOf(asked.Decision)}")) : read.Refusal!;
    }

    private async Task<IResult> DecideAsync(Asked asked, WorkDone done)
    {
        var (phone, decision, lastSid) = asked;
        var (outcome, stopped, requeued) = await actions.DecideAsync(phone, decision, lastSid, done);
        return outcome switch
        {
            ReviewOutcome.Done => Results.Json(new ReviewDecisionView(phone, WordOf(decision), stopped, requeued)),
            ReviewOutcome.NotInReview => Problems.NotFound("entry of the review list", "Nothing of this phone waits for a decision. GET /api/v1/optouts/review lists what does."),
            ReviewOutcome.Changed => Problems.InvalidState("Another text has come from this phone since. Read the entry again, then decide."),
            _ => Problems.InvalidState("The entry holds no START. Decide optOut or dismiss."),
        };
    }

    private static string WordOf(ReviewDecision decision) => JsonNamingPolicy.CamelCase.ConvertName(decision.ToString());

    private static Asked? Read(JsonElement root, FieldErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add("$", $"must be an object, such as {{\"{Phone}\": \"+15551234567\", \"{Decision}\": \"optOut\"}}");
            return null;
        }

        foreach (var property in root.EnumerateObject().Where(property => property.Name is not (Phone or To or Decision or LastMessage)))
        {
            errors.Add($"$.{property.Name}", $"is not known; known are {Phone}, {Decision} and {LastMessage}");
        }

        var (phone, name) = ("", OnePhone.NameIn(root) ?? Phone);
        if (Text(root, name) is not { } given)
        {
            errors.Add($"$.{name}", "must be a phone number in E.164 form, such as +15551234567");
        }
        else if (OnePhone.NameIn(root) is null)
        {
            errors.Add($"$.{To}", $"is the same as {Phone}: give one of the two");
        }
        else if (OptOutSender.Read(given, NumberRules.E164, out phone) is { } error)
        {
            errors.Add($"$.{name}", error);
        }

        ReviewDecision? decision = Text(root, Decision) switch
        {
            "optOut" => ReviewDecision.OptOut,
            "dismiss" => ReviewDecision.Dismiss,
            "optIn" => ReviewDecision.OptIn,
            _ => null,
        };
        if (decision is null)
        {
            errors.Add($"$.{Decision}", "must be optOut, dismiss or optIn");
        }

        var lastSid = Text(root, LastMessage);
        if (root.TryGetProperty(LastMessage, out _) && HeardText.SidOf(lastSid) is null)
        {
            errors.Add($"$.{LastMessage}", "must be the sid of the last message that you have read");
        }

        return errors.Any ? null : new(phone, decision!.Value, lastSid);
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && JsonBody.TryGetText(value, out var text) ? text : null;

    private sealed record Asked(string Phone, ReviewDecision Decision, string? LastSid);
}

/// <summary>A page of the review list in the order of its phones.</summary>
/// <param name="Entries">The page.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record ReviewPage(IReadOnlyList<ReviewEntry> Entries, string? Next);

/// <summary>What came of a decision.</summary>
/// <param name="Phone">Whose.</param>
/// <param name="Decision">The decision.</param>
/// <param name="MessagesStopped">Messages that were waiting for the phone, and are not sent.</param>
/// <param name="MessagesRequeued">Messages that were held, and wait for their turn again.</param>
public sealed record ReviewDecisionView(string Phone, string Decision, int MessagesStopped, int MessagesRequeued);
