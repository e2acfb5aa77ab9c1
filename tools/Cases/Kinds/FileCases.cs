using System.Net.Http.Headers;
using System.Text.Json;
using BulkSms.Broadcasts;

namespace BulkSms.Cases.Kinds;

/// <summary><c>files/index.jsonl</c>: a file that is uploaded with the fields of its form, and what comes of it.</summary>
internal sealed class FileCases : ICaseKind
{
    private const string Folder = "files";
    private static readonly DateTimeOffset Now = new(2026, 12, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly Lazy<Task<CaseApp>> app = new(() => CaseApp.StartAsync(Now));

    public string File => $"{Folder}/index.jsonl";

    public async Task<string?> RunAsync(Case given)
    {
        var running = await app.Value;
        var answer = await running.UploadAsync("/api/v1/broadcasts", await FormAsync(given));
        var expected = given.Expected;
        return given.Wanted("refused") is { } word ? given.DiffersFromRefusal(word, answer)
            : expected.TryGetProperty("errors", out var errors) ? DifferenceOf(errors, answer)
            : answer.Status != 202 ? $"expected recipients, got {answer}"
            : DifferenceOf(expected.GetProperty("recipients"), await ReadAsync(running, answer));
    }

    public async ValueTask DisposeAsync()
    {
        if (app.IsValueCreated)
        {
            await (await app.Value).DisposeAsync();
        }
    }

    private static async Task<MultipartFormDataContent> FormAsync(Case given)
    {
        var form = new MultipartFormDataContent();
        foreach (var field in given.Root.GetProperty("params").EnumerateObject())
        {
            form.Add(new StringContent(field.Value.ToString()), field.Name);
        }

        var name = given.Required("file");
        var file = new ByteArrayContent(await System.IO.File.ReadAllBytesAsync(Path.Combine(given.Directory, Folder, name)));
        file.Headers.ContentType = given.Text("contentType") is { } type ? MediaTypeHeaderValue.Parse(type) : null;
        form.Add(file, "recipients", name);
        return form;
    }

    private static string? DifferenceOf(JsonElement expected, CaseAnswer answer)
    {
        if (answer.Status != 400 || !answer.Json.TryGetProperty("errors", out var errors))
        {
            return $"expected errors, got {answer}";
        }

        foreach (var each in expected.EnumerateObject())
        {
            var found = errors.EnumerateObject().FirstOrDefault(error => error.Name == each.Name || error.Name == $"line {each.Name}" || error.Name == $"row {each.Name}");
            if (found.Value.ValueKind != JsonValueKind.Array || !found.Value.GetRawText().Contains(each.Value.GetString()!, StringComparison.OrdinalIgnoreCase))
            {
                return $"expected an error with {each.Value} at {each.Name}, got {answer}";
            }
        }

        return null;
    }

    private static string? DifferenceOf(JsonElement expected, Dictionary<string, string> recipients)
    {
        var wanted = expected.EnumerateObject().ToDictionary(each => each.Name, each => each.Value.GetString()!, StringComparer.Ordinal);
        return wanted.Count == recipients.Count && wanted.All(each => recipients.GetValueOrDefault(each.Key) == each.Value)
            ? null
            : $"expected {expected.GetRawText()}, got {string.Join(", ", recipients.Select(each => $"{each.Key}: {each.Value}"))}";
    }

    private static async Task<Dictionary<string, string>> ReadAsync(CaseApp app, CaseAnswer accepted)
    {
        var store = app.Services.GetRequiredService<BroadcastStore>();
        var broadcast = (await store.FindAsync(accepted.Json.GetProperty("broadcastId").GetString()!, CancellationToken.None))!;
        var recipients = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var recipient in store.RecipientsOfAsync(broadcast, 0, CancellationToken.None))
        {
            recipients[recipient.To] = recipient.Text ?? broadcast.Message;
        }

        return recipients;
    }
}
