using System.Globalization;
using BulkSms.Broadcasts;

namespace BulkSms.Cases.Kinds;

/// <summary><c>hours.jsonl</c>: when a broadcast to one number is due, or that it is refused; the preview must agree.</summary>
internal sealed class HoursCases : PlainKind
{
    public override string File => "hours.jsonl";

    public override async Task<string?> RunAsync(Case given)
    {
        await using var app = await CaseApp.StartAsync(Time(given.Required("now")));
        var request = given.Fields("sendAt", "expiresAt", "quietHours");
        request["message"] = "Hello";
        request["recipients"] = new[] { given.Required("to") };
        var preview = await app.SendAsync(HttpMethod.Post, "/api/v1/broadcasts/preview", request);
        var answer = await app.SendAsync(HttpMethod.Post, "/api/v1/broadcasts", request);
        if (given.Expected.TryGetProperty("refused", out _))
        {
            return (answer.Status, preview.Status) is ((400 or 422), (400 or 422)) ? null : $"expected a refusal, got {answer.Status}, the preview {preview.Status}";
        }

        if (answer.Status != 202 || preview.Status != 200)
        {
            return $"got {answer}; the preview {preview}";
        }

        var due = await DueAsync(app, answer.Json.GetProperty("broadcastId").GetString()!, given.Required("to"));
        return given.Wanted("due") is { } at && Time(at) != due ? $"expected {at}, got {due:O}"
            : given.Wanted("notBefore") is { } earliest && due < Time(earliest) ? $"expected not before {earliest}, got {due:O}"
            : null;
    }

    private static async Task<DateTimeOffset> DueAsync(CaseApp app, string id, string to)
    {
        var broadcast = (await app.Services.GetRequiredService<BroadcastStore>().FindAsync(id, CancellationToken.None))!;
        return broadcast.TimesFor(to).DueAt ?? broadcast.CreatedAt;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
