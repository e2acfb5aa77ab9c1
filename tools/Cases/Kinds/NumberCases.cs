namespace BulkSms.Cases.Kinds;

/// <summary><c>numbers.jsonl</c>: one recipient of a JSON request.</summary>
internal sealed class NumberCases : ICaseKind
{
    private static readonly DateTimeOffset Now = new(2026, 12, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly Lazy<Task<CaseApp>> app = new(() => CaseApp.StartAsync(Now));

    public string File => "numbers.jsonl";

    public async Task<string?> RunAsync(Case given)
    {
        var request = given.Fields("defaultRegion", "strict");
        request["message"] = "Hello";
        request["recipients"] = new[] { given.Required("input") };
        var running = await app.Value;
        var answer = await running.SendAsync(HttpMethod.Post, "/api/v1/broadcasts", request);
        if (given.Wanted("refused") is { } word)
        {
            return answer.Status == 202 ? $"sent to {await ReadAsync(running, answer)}" : given.DiffersFromRefusal(word, answer);
        }

        var to = answer.Status == 202 ? await ReadAsync(running, answer) : answer.ToString();
        return to == given.Wanted("to") ? null : $"expected {given.Wanted("to")}, got {to}";
    }

    public async ValueTask DisposeAsync()
    {
        if (app.IsValueCreated)
        {
            await (await app.Value).DisposeAsync();
        }
    }

    private static async Task<string?> ReadAsync(CaseApp app, CaseAnswer accepted)
    {
        var rows = await app.SendAsync(HttpMethod.Get, $"/api/v1/broadcasts/{accepted.Json.GetProperty("broadcastId").GetString()}/recipients");
        return rows.Json.GetProperty("recipients")[0].GetProperty("to").GetString();
    }
}
