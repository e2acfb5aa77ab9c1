using System.Globalization;
using System.Text.Json;

namespace BulkSms.Cases.Kinds;

/// <summary><c>hours.jsonl</c>: when a broadcast to one number is due, or that it is refused. What the recipient's row says counts, and the preview must say the same.</summary>
internal sealed class HoursCases : PlainKind
{
    private const string Broadcasts = "/api/v1/broadcasts";

    public override string File => "hours.jsonl";

    public override async Task<string?> RunAsync(Case given)
    {
        await using var app = await CaseApp.StartAsync(Time(given.Required("now")));
        var request = given.Fields("sendAt", "expiresAt", "quietHours");
        request["message"] = "Hello";
        request["recipients"] = new[] { given.Required("to") };
        var preview = await app.SendAsync(HttpMethod.Post, $"{Broadcasts}/preview", request);
        var answer = await app.SendAsync(HttpMethod.Post, Broadcasts, request);
        if (given.Expected.TryGetProperty("refused", out _))
        {
            return (answer.Status, preview.Status) is ((400 or 422), (400 or 422)) ? null : $"expected a refusal, got {answer}; the preview {preview}";
        }

        if (answer.Status != 202 || preview.Status != 200)
        {
            return $"got {answer}; the preview {preview}";
        }

        var (due, estimated) = (await DueAsync(app, answer), preview.Json.GetProperty("drain").GetProperty("dueAt").GetDateTimeOffset());
        return due != estimated ? $"the row is due {due:O}, by the preview {estimated:O}"
            : given.Wanted("due") is { } at && Time(at) != due ? $"expected {at}, got {due:O}"
            : given.Wanted("notBefore") is { } earliest && due < Time(earliest) ? $"expected not before {earliest}, got {due:O}"
            : null;
    }

    // A recipient that is due at once has no time of its own, or one that has just passed.
    private static async Task<DateTimeOffset> DueAsync(CaseApp app, CaseAnswer accepted)
    {
        var recipients = await app.SendAsync(HttpMethod.Get, $"{Broadcasts}/{accepted.Json.GetProperty("broadcastId").GetString()}/recipients");
        var recipient = recipients.Json.GetProperty("recipients").EnumerateArray().Single();
        var now = app.Clock.GetUtcNow();
        return recipient.TryGetProperty("dueAt", out var due) && due.ValueKind is not JsonValueKind.Null && due.GetDateTimeOffset() > now ? due.GetDateTimeOffset() : now;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
