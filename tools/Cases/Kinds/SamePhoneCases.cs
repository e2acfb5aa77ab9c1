using System.Text.Json;

namespace BulkSms.Cases.Kinds;

/// <summary>
/// <c>same-phone.jsonl</c>: spellings of one phone are one recipient, and an opt-out by any of them stops all: as the sender of a text those with a plus sign, by
/// the API every one.
/// </summary>
internal sealed class SamePhoneCases : ICaseKind
{
    private static readonly DateTimeOffset Now = new(2026, 12, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private readonly Lazy<Task<CaseApp>> app = new(() => CaseApp.StartAsync(Now));

    public string File => "same-phone.jsonl";

    public async Task<string?> RunAsync(Case given)
    {
        var running = await app.Value;
        string[] spellings = [.. given.Root.GetProperty("spellings").EnumerateArray().Select(each => each.GetString()!)];
        var region = given.Text("defaultRegion");
        return await CountAsync(running, region, spellings) is var all and not "1 recipients, 0 opted out"
            ? $"expected one recipient, got {all}"
            : await FirstAsync(spellings, spelling => ByApiAsync(running, region, spelling, spellings))
            ?? await FirstAsync(spellings.Where(spelling => spelling.StartsWith('+')), spelling => ByTextAsync(running, region, spelling, spellings));
    }

    public async ValueTask DisposeAsync()
    {
        if (app.IsValueCreated)
        {
            await (await app.Value).DisposeAsync();
        }
    }

    private static async Task<string?> FirstAsync(IEnumerable<string> spellings, Func<string, Task<string?>> test)
    {
        foreach (var spelling in spellings)
        {
            if (await test(spelling) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static async Task<string?> ByApiAsync(CaseApp app, string? region, string spelling, string[] spellings)
    {
        var answer = await app.SendAsync(HttpMethod.Post, "/api/v1/optouts", WithRegion(region, new(StringComparer.Ordinal) { ["phones"] = new[] { spelling } }));
        return answer.Status != 200 ? $"opt-out of {spelling}: {answer}" : await StoppedAsync(app, region, spelling, spellings);
    }

    private static async Task<string?> ByTextAsync(CaseApp app, string? region, string spelling, string[] spellings)
    {
        var answer = await app.InboundAsync(spelling, "STOP");
        return answer.Status != 200 ? $"STOP from {spelling}: {answer}" : await StoppedAsync(app, region, spelling, spellings);
    }

    // Taken back by another spelling than it was given by.
    private static async Task<string?> StoppedAsync(CaseApp app, string? region, string optedOut, string[] spellings)
    {
        foreach (var spelling in spellings)
        {
            if (await CountAsync(app, region, spelling) is var one and not "0 recipients, 1 opted out")
            {
                return $"after an opt-out of {optedOut}, {spelling} is {one}";
            }
        }

        app.Clock.Advance(Between);
        var other = spellings.FirstOrDefault(spelling => spelling.StartsWith('+') && spelling != optedOut) ?? spellings.First(spelling => spelling.StartsWith('+'));
        await app.SendAsync(HttpMethod.Post, "/api/v1/optouts/remove", new { phone = other });
        app.Clock.Advance(Between);
        return await CountAsync(app, region, optedOut) is var after and not "1 recipients, 0 opted out" ? $"after {other} is taken back, {optedOut} is {after}" : null;
    }

    private static async Task<string> CountAsync(CaseApp app, string? region, params string[] recipients)
    {
        var request = WithRegion(region, new(StringComparer.Ordinal) { ["message"] = "Hello", ["recipients"] = recipients });
        var answer = await app.SendAsync(HttpMethod.Post, "/api/v1/broadcasts", request);
        return answer.Status == 202 ? $"{Number(answer, "recipientsCount")} recipients, {Number(answer, "optedOut")} opted out" : answer.ToString();
    }

    private static Dictionary<string, object?> WithRegion(string? region, Dictionary<string, object?> request)
    {
        if (region is not null)
        {
            request["defaultRegion"] = region;
        }

        return request;
    }

    private static int Number(CaseAnswer answer, string name) => answer.Json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetInt32() : -1;
}
