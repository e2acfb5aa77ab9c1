using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.OptOuts.Wording;
using BulkSms.Poison;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Replies;
using BulkSms.Retention.People;
using BulkSms.Storage;
using BulkSms.Unreachable;

namespace BulkSms.Tests.Infrastructure;

/// <summary>An app that knows Ada by two numbers of one phone, in every place where it may know a person; and others beside her.</summary>
public static class PersonScene
{
    /// <summary>Ada's number today, and the former one.</summary>
    public const string Ada = "+5491112345678";
    public const string FormerAda = "+541112345678";

    public const string Bob = "+12015550102";
    public const string Eve = "+12015550103";
    public const string Key = "1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /// <summary>What tells of Ada, however it is written.</summary>
    public static readonly string[] OfAda = ["1112345678", "11 1234 5678", "Lovelace", "A-4711"];

    public static KeyValuePair<string, string?>[] Settings { get; } = [new("OptOuts:HashKeys", Key), new("Broadcasts:RowRecipientLimit", "2")];

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    /// <summary>A broadcast to Ada and others; what of it is sent is up to the caller.</summary>
    /// <param name="app">The app.</param>
    /// <param name="others">Besides Ada and Bob: with any, the list is in a blob.</param>
    public static Task<string> PersonalAsync(VirtualApp app, params string[] others) => app.BroadcastAsync(new
    {
        message = "Hello {{name}}",
        recipients = new object[]
        {
            new { to = FormerAda, reference = "A-4711", data = new { name = "Lovelace" } },
            new { to = Bob, reference = "B-1", data = new { name = "Bob" } },
        }.Concat(others.Select(to => new { to, reference = $"o-{to[^4..]}", data = new { name = "Other" } })),
    });

    /// <summary>A list with entries of Ada's that become no recipient: she is named again, and once so that her number cannot be read.</summary>
    public static async Task<string> FileAsync(VirtualApp app)
    {
        const string File = """
            to,name
            +54 9 11 1234 5678,Lovelace
            +54 11 1234 5678,Lovelace
            11 1234 5678,Lovelace
            +12015550102,Bob
            12,Kilroy
            """;
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Hello {{name}}"), "message" }, { new StringContent("skip"), "onInvalid" }, { new StringContent(File, System.Text.Encoding.UTF8, "text/csv"), "recipients", "list.csv" },
        };
        using var response = await app.Http.PostAsync("/api/v1/broadcasts", form);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!.BroadcastId;
    }

    /// <summary>What is known of Ada beside her messages.</summary>
    public static async Task KnowAsync(VirtualApp app, string broadcastId)
    {
        var key = RecipientKey.Of(broadcastId, FormerAda, 1);
        var poison = app.Service<PoisonTable>();
        await poison.FileAsync(
            new()
            {
                Id = PoisonId.Of(key, "c1"), Queue = QueueNames.OutboundPoison, Source = PoisonSource.BulkSms, At = app.Clock.GetUtcNow(), Reason = $"The 'To' number {FormerAda} is not valid",
                Code = 21211, BroadcastId = broadcastId, Recipient = key, To = FormerAda, ClaimId = "c1", Reference = "A-4711",
            },
            default);
        await poison.FileAsync(
            new() { Id = PoisonId.OfUnread("m1"), Queue = QueueNames.OutboundPoison, Source = PoisonSource.Host, At = app.Clock.GetUtcNow(), Reason = "unread", Body = System.Text.Encoding.UTF8.GetBytes($"{{to: {Ada}") },
            default);
        await app.Service<UnreachableNumbers>().FailedAsync(FormerAda, 30005);
        var hear = app.Service<HearTexts>();
        await hear.HearAsync(Ada, new("SM" + new string('1', 32), InboundVerdict.Review, app.Clock.GetUtcNow(), true, "Please, Lovelace has no phone"), default);
        await hear.HearAsync(FormerAda, new("SM" + new string('2', 32), InboundVerdict.OptOut, app.Clock.GetUtcNow(), true, "STOP"), default);
        await app.Service<ReplyTable>().KeepAsync(new($"SM{new string('5', 32)}", Ada[1..], app.Clock.GetUtcNow(), "See you, Lovelace", 0), default);
        await app.Service<ReplyTable>().KeepAsync(new($"SM{new string('6', 32)}", Eve, app.Clock.GetUtcNow(), "See you", 0), default);
        Assert.True(await app.Service<OptOutList>().TryAddAsync([Eve, Ada[1..]], OptOutSource.Api, default)); // hers as a carrier wrote it
        await app.Service<BlobServiceClient>().GetBlobContainerClient(ContainerNames.Broadcasts).GetBlobClient($"{BroadcastId.New(app.Clock.GetUtcNow())}/recipients-orphan.txt")
            .UploadAsync(BinaryData.FromString($"{Ada}\n"), overwrite: true);
    }

    /// <summary>Starts a job.</summary>
    public static async Task<string> StartAsync(VirtualApp app, string what, object body)
    {
        using var response = await app.Http.PostAsJsonAsync($"/api/v1/people/{what}", body);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var id = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["jobId"]!;
        Assert.Equal($"/api/v1/people/jobs/{id}", response.Headers.Location!.OriginalString);
        return id;
    }

    /// <summary>The job as the API shows it.</summary>
    public static async Task<JsonNode> JobAsync(VirtualApp app, string id) => JsonNode.Parse(await app.Http.GetStringAsync($"/api/v1/people/jobs/{id}"))!;

    /// <summary>Lets time pass, with the queue, the sweeper and the jobs, until a job has ended.</summary>
    public static async Task<JsonNode> EndedAsync(VirtualApp app, string id, TimeSpan? longest = null)
    {
        await app.RunAsync(longest ?? TimeSpan.FromHours(1), Step, async () =>
        {
            await app.Service<RunPersonJobs>().RunAsync(default);
            return (string)(await JobAsync(app, id))["status"]! == PersonJobStatus.Completed;
        });
        var job = await JobAsync(app, id);
        Assert.Equal(PersonJobStatus.Completed, (string)job["status"]!);
        return job;
    }

    /// <summary>Erases Ada.</summary>
    public static async Task<JsonNode> EraseAsync(VirtualApp app, bool keepOptOut = true) => await EndedAsync(app, await StartAsync(app, "erase", new { phone = Ada, keepOptOut }));
}
