using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using BulkSms.Broadcasts;
using BulkSms.Dispatch;
using BulkSms.Estimates;
using BulkSms.Outbox;
using BulkSms.Poison;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Documents;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Upgrades;

/// <summary>
/// What earlier versions have stored, kept as files, one folder a version. Today's code reads all of it, and goes on with it. <c>BULKSMS_WRITE_SHAPES=1</c> writes the folder of a new version; one that was released is never
/// written again.
/// </summary>
public sealed class StoredShapeTests
{
    private const string Newest = "v0.1";
    private const string Answers = "answers";
    private const string At = "at";

    /// <summary>Columns that the scene does not come to: a plain number or time each, read by one line of code. And what is no column.</summary>
    private static readonly string[] NotKept =
    [
        "RowKey", "Timestamp", RecipientColumns.OtherSids, RecipientColumns.PolledAt, RecipientColumns.GivenUp, RecipientColumns.GivenUpBy, RecipientColumns.HeldFor,
        BroadcastRow.OpenUntil, BroadcastRow.RequeuedAt, BroadcastRow.ErasedAt, "quietHours", "knownBad",
    ];

    public static TheoryData<string> Versions => [.. Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    private static string Root => DocumentFiles.PathOf("BulkSms.Tests/Upgrades/stored");

    [Fact]
    public async Task Shapes_OfToday_AreInTheFilesOfTheNewestVersion()
    {
        var files = await PlayAsync();
        if (Environment.GetEnvironmentVariable("BULKSMS_WRITE_SHAPES") == "1")
        {
            await KeepAsync(files);
        }

        var missing = StoredFiles.ShapesOf(files).Except(StoredFiles.ShapesOf(Read(Newest)));

        Assert.True(!missing.Any(), $"""
            Something is stored in a shape that no file has. If version {Newest[1..]} is released, raise Newest, so that a new folder is made; then run this test with BULKSMS_WRITE_SHAPES=1, look at what has changed, and commit it:
            {string.Join('\n', missing)}
            """);
    }

    [Fact]
    public void Files_OfTheNewestVersion_HaveEveryTableQueueContainerAndColumn()
    {
        var files = Read(Newest);
        var shapes = StoredFiles.ShapesOf(files);

        Assert.All(files.Where(file => file.Key is not ("container-locks" or At or Answers)), file => Assert.NotEmpty(file.Value)); // the blob of a lock is empty, and made by the one who takes it
        Assert.All(TableNames.Exported.Select(name => $"table-{name}").Concat(QueueNames.All.Select(name => $"queue-{name}")).Concat(ContainerNames.All.Select(name => $"container-{name}")), name => Assert.Contains(name, files.Keys));
        Assert.DoesNotContain(RecipientColumns.All.Except(NotKept), column => !shapes.Any(shape => shape.StartsWith($"table-Recipients */* {column}:", StringComparison.Ordinal)));
        Assert.DoesNotContain(BroadcastRow.WithoutRecipients.Except(NotKept), column => !shapes.Any(shape => shape.StartsWith($"table-Broadcasts broadcasts/b {column}:", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Files_OfAVersion_AreReadToWhatItMeantByThem(string version)
    {
        var files = Read(version);
        await using var app = await LoadAsync(files);

        var answers = (await StoredAnswers.AskAsync(app, files)).ToDictionary(StringComparer.Ordinal);

        var differing = files[Answers].Select(line => JsonNode.Parse(line)!).Select(line => (Path: (string)line["path"]!, Answer: (string)line["answer"]!))
            .Select(line => (line.Path, Says: StoredAnswers.Differs(line.Answer, answers.GetValueOrDefault(line.Path, "not asked")))).Where(line => line.Says is not null);
        Assert.Empty(differing);
        Assert.Equal([("SE", 0.05m, 0.045m)], (await app.Service<ImportedPrices>().ReadAsync(default)).Select(price => (price.Country, price.PerSegment, price.Lowest)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Files_OfAVersion_AreGoneOnWith(string version)
    {
        var files = Read(version);
        await using var app = await LoadAsync(files);
        using var resumed = await app.Http.PostAsync("/api/v1/sending/resume", null);
        resumed.EnsureSuccessStatusCode();

        await HandleAsync(app, files);
        string[] waiting = ["+12015550151", "+12015550153", "+12015550154", "+12015550161", "+12015550162", "+12015550163", "+12015550165", .. Approvals.Numbers(7, 120)];
        await app.RunAsync(TimeSpan.FromHours(3), TimeSpan.FromSeconds(30), () => Task.FromResult(app.Twilio.Messages.Count >= waiting.Length));
        await app.RunAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1));

        // Claimed by one that died, to be tried again, in doubt, later, waiting, approved: each once. Not those who are paused, canceled, refused, rejected or awaiting approval, nor those who were sent to.
        Assert.Equal(waiting.Order(StringComparer.Ordinal), app.Twilio.Messages.Select(message => message.To).Order(StringComparer.Ordinal));
    }

    // Each queue's messages to what handles them; what a version wrote must be understood, not filed as unreadable.
    private static async Task HandleAsync(VirtualApp app, Dictionary<string, string[]> files)
    {
        foreach (var (body, i) in files.MessagesOf(QueueNames.OutboundPoison).Concat(files.MessagesOf(QueueNames.OutboundHighPoison)).Select((body, i) => (body, i)))
        {
            await app.Service<FilePoison>().SmsAsync(new($"m{i}", BinaryData.FromString(body), app.Clock.GetUtcNow()), default);
        }

        foreach (var body in files.MessagesOf(QueueNames.Expand).Concat(files.MessagesOf(QueueNames.ExpandPoison)))
        {
            await app.Service<FanOutJobHandler>().RunAsync(FanOutJob.Parse(BinaryData.FromString(body)).BroadcastId, default);
        }

        foreach (var queue in new[] { QueueNames.Outbound, QueueNames.OutboundHigh })
        {
            foreach (var body in files.MessagesOf(queue))
            {
                Assert.NotNull(SendJob.Parse(BinaryData.FromString(body)));
                await app.Service<QueueServiceClient>().GetQueueClient(queue).SendMessageAsync(body);
            }
        }

        Assert.All(files.MessagesOf(QueueNames.Events).Concat(files.MessagesOf(QueueNames.EventsPoison)), body => Assert.NotNull(EventJob.Parse(BinaryData.FromString(body))));
    }

    private static async Task<Dictionary<string, string[]>> PlayAsync()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await StoredScene.PlayAsync(issuer, receiver);
        var files = await StoredFiles.ReadAsync(app);
        files[At] = [app.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)];
        return files;
    }

    // At the time at which they were written, and without what the app knew.
    private static async Task<VirtualApp> LoadAsync(Dictionary<string, string[]> files)
    {
        VirtualApp before;
        await using (before = await VirtualApp.StartAsync(StoredScene.Settings))
        {
            before.Clock.SetUtcNow(DateTimeOffset.Parse(Assert.Single(files[At]), CultureInfo.InvariantCulture));
            await StoredFiles.WriteAsync(before, files);
        }

        return await VirtualApp.StartAsync(StoredScene.Settings, before);
    }

    private static Dictionary<string, string[]> Read(string version) =>
        Directory.GetFiles(Path.Combine(Root, version)).ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllLines, StringComparer.Ordinal);

    private static async Task KeepAsync(Dictionary<string, string[]> files)
    {
        await using var app = await LoadAsync(files);
        files[Answers] = [.. (await StoredAnswers.AskAsync(app, files)).Select(each => new JsonObject { ["path"] = each.Path, ["answer"] = each.Answer }.ToJsonString())];
        var folder = Path.Combine(Root, Newest);
        Directory.CreateDirectory(folder);
        foreach (var (name, lines) in files)
        {
            await File.WriteAllLinesAsync(Path.Combine(folder, $"{name}.ndjson"), lines);
        }
    }
}
