using BulkSms.Broadcasts;

namespace BulkSms.Cases.Kinds;

/// <summary><c>messages.jsonl</c>: the finished text of a message and a recipient's data.</summary>
internal sealed class MessageCases : ICaseKind
{
    private static readonly DateTimeOffset Now = new(2026, 12, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly Lazy<Task<CaseApp>> app = new(() => CaseApp.StartAsync(Now));

    public string File => "messages.jsonl";

    public async Task<string?> RunAsync(Case given)
    {
        var running = await app.Value;
        var request = new { message = given.Required("message"), recipients = new[] { new { to = "+15551230001", data = given.Root.GetProperty("data") } } };
        var answer = await running.SendAsync(HttpMethod.Post, "/api/v1/broadcasts", request);
        if (given.Wanted("refused") is { } word)
        {
            return given.DiffersFromRefusal(word, answer);
        }

        var text = answer.Status == 202 ? await ReadAsync(running, answer) : answer.ToString();
        return text == given.Wanted("text") ? null : $"expected {given.Wanted("text")}, got {text}";
    }

    public async ValueTask DisposeAsync()
    {
        if (app.IsValueCreated)
        {
            await (await app.Value).DisposeAsync();
        }
    }

    private static async Task<string> ReadAsync(CaseApp app, CaseAnswer accepted)
    {
        var store = app.Services.GetRequiredService<BroadcastStore>();
        var broadcast = (await store.FindAsync(accepted.Json.GetProperty("broadcastId").GetString()!, CancellationToken.None))!;
        return (await store.RecipientsOfAsync(broadcast, 0, CancellationToken.None).FirstAsync()).Text ?? broadcast.Message;
    }
}
