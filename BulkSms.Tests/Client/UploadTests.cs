using System.Globalization;
using BulkSms.Client;
using BulkSms.Client.Models;
using BulkSms.Tests.Infrastructure;
using BulkSms.Tests.Lists;

namespace BulkSms.Tests.Client;

/// <summary>Lists as files: streamed, and read as the same people that JSON would name.</summary>
public sealed class UploadTests(MemoryFixture memory)
{
    private const int Many = 10_000;

    [Fact]
    public async Task Upload_OfTenThousandRows_IsAcceptedInFull()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var client = Clients.Of(app);
        var path = Path.Combine(Path.GetTempPath(), $"bulksms-{Guid.NewGuid():N}.csv");
        await File.WriteAllLinesAsync(path, TestApp.Numbers(Many).Prepend("phone"), TestContext.Current.CancellationToken);
        try
        {
            var accepted = await client.Broadcasts.CreateAsync(new() { Message = "Hello", File = RecipientFile.FromPath(path) });

            Assert.Equal(Many, accepted.RecipientsCount);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Upload_OfTenThousandRows_IsReadAsItIsSent()
    {
        var given = 0;
        var probe = new Probe(() => given);
        using var client = new BulkSmsClient(new BulkSmsClientOptions { Address = new("https://bulksms.invalid"), Transport = probe });

        await client.Broadcasts.CreateAsync(new()
        {
            Message = "Hello",
            Recipients = [],
            File = RecipientFile.FromRecipients(TestApp.Numbers(Many).Select(number =>
            {
                given++;
                return new NewRecipient(number);
            })),
        });

        Assert.Equal(Many, given);
        Assert.InRange(probe.GivenAtFirstRow, 1, 10); // of ten thousand
    }

    [Fact]
    public async Task Recipients_MoreThanJsonTakes_GoAsAFile()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var client = Clients.Of(app);
        var people = TestApp.Numbers(1500).Select((number, i) => new NewRecipient(number) { Reference = i.ToString(CultureInfo.InvariantCulture), Data = new Dictionary<string, string> { ["name"] = $"Ada {i}" } }).ToArray();

        var accepted = await client.Broadcasts.CreateAsync(new() { Message = "Hello {{name}}", Recipients = people });

        Assert.Equal(1500, accepted.RecipientsCount);
        await client.Broadcasts.FollowAsync(accepted.BroadcastId!).FirstAsync(each => each.CountsByStatus.Values.Sum() == 1500);
        Assert.Equal(people.Select(each => each.Reference).Order(StringComparer.Ordinal), await client.Broadcasts.ListRecipientsAsync(accepted.BroadcastId!, pageSize: 1000).Select(each => each.Reference).Order(StringComparer.Ordinal).ToArrayAsync());
    }

    [Fact]
    public async Task Broadcast_WithEveryOption_IsReadAlikeAsJsonAndAsAFile()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var client = Clients.Of(app);
        var now = TimeProvider.System.GetUtcNow();
        NewRecipient[] people = [new("(201) 555-0123") { Reference = "A", Data = new Dictionary<string, string> { ["name"] = "Ada" } }, new("+12015550124") { Data = new Dictionary<string, string> { ["name"] = "Bob \"jr.\"" } }, "no number"];
        var json = new NewBroadcast
        {
            Message = "Hello {{name|there}}, it’s time",
            Recipients = people,
            SendAt = now.AddHours(1),
            ExpiresAt = now.AddHours(30),
            QuietHours = new() { From = "21:00", To = "08:00", TimeZone = "Europe/Berlin" },
            DefaultRegion = "US",
            Strict = true,
            MaxCost = 1.5m,
            SkipInvalid = true,
            OnDuplicate = BroadcastRequest_onDuplicate.Each,
            SkipKnownBad = true,
            Literal = true,
            SmartEncoding = true,
            ConfirmRepeat = true,
        };

        var asJson = await client.Broadcasts.PreviewAsync(json);
        var asFile = await client.Broadcasts.PreviewAsync(json with { Recipients = [], File = RecipientFile.FromRecipients(people) });

        Assert.Equal((2, 1), (asJson.RecipientsCount, asJson.Invalid));
        Assert.Equal(SeenOf(asJson), SeenOf(asFile));
        var accepted = await client.Broadcasts.CreateAsync(json);
        var broadcast = await client.Broadcasts.GetAsync(accepted.BroadcastId!);
        Assert.Equal(("21:00", "08:00", "Europe/Berlin"), (broadcast.QuietHours?.From, broadcast.QuietHours?.To, broadcast.QuietHours?.TimeZone));
        Assert.Equal(json.SendAt.Value.ToUnixTimeMilliseconds() / 1000, broadcast.SendAt!.Value.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Broadcast_WithMediaOrATemplate_IsReadAlikeAsJsonAndAsAFile()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var client = Clients.Of(app);
        NewRecipient[] people = [new("+12015550123") { Data = new Dictionary<string, string> { ["name"] = "Bob \"jr.\"" } }];
        NewBroadcast[] all =
        [
            new() { MediaUrls = [new("https://example.com/a%20b.png"), new("https://example.com/c")], ShortenUrls = true, Recipients = people },
            new() { ContentSid = $"HX{new string('1', 32)}", ContentVariables = new Dictionary<string, string> { ["1"] = "{{name}}", ["2"] = "a \"b\"" }, Recipients = people },
        ];
        foreach (var json in all)
        {
            await client.Broadcasts.CreateAsync(json);
            await client.Broadcasts.CreateAsync(json with { Recipients = [], File = RecipientFile.FromRecipients(people) });
        }

        var sent = await Eventually.GetAsync(() => Task.FromResult(app.Twilio.Messages.All), messages => messages.Count == 4);
        var seen = sent.Select(message => $"{string.Join(' ', message.MediaUrls)} {message.ShortenUrls} {message.ContentVariables}").Order(StringComparer.Ordinal).ToArray();
        var (media, content) = ("https://example.com/a%20b.png https://example.com/c True ", """ False {"1":"Bob \"jr.\"","2":"a \"b\""}""");
        Assert.Equal(((string[])[content, content, media, media]).Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Upload_Workbook_TakesItsSheetAndColumn()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var client = Clients.Of(app);
        var file = RecipientFile.FromBytes(Workbooks.Of(["Ansprechpartner", "Nummer zwei"], ["Ada", "+15551230001"], ["Bob", "+15551230002"]), "liste.xlsx");

        var accepted = await client.Broadcasts.CreateAsync(new() { Message = "Hello {{Ansprechpartner}}", File = file, NumberColumn = "Nummer zwei" });

        Assert.Equal(2, accepted.RecipientsCount);
    }

    [Fact]
    public async Task OptOuts_OfAFile_AreImportedListedFoundAndRemoved()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var client = Clients.Of(app);

        var added = await client.OptOuts.ImportAsync(new(RecipientFile.FromBytes("phone\n(201) 555-0123\n+12015550124\n"u8.ToArray(), "list.csv")) { DefaultRegion = "US" });
        var known = await client.OptOuts.FindAsync("+12015550123");
        await client.OptOuts.RemoveAsync("+12015550123");
        using var csv = new MemoryStream();
        await client.OptOuts.ExportAsync(csv);

        Assert.Equal((2, OptOut_source.Import), (added.Added, known?.Source));
        Assert.Null(await client.OptOuts.FindAsync("+12015550123"));
        Assert.Equal(["+12015550124"], await client.OptOuts.ListAsync().Select(each => each.Phone).ToArrayAsync());
        Assert.Contains("tel:+12015550124", System.Text.Encoding.UTF8.GetString(csv.ToArray()), StringComparison.Ordinal);
    }

    private static object SeenOf(Preview preview) => (
        preview.RecipientsCount, preview.Invalid, preview.Cost?.Known, preview.Segments?.Total, preview.Segments?.Encoding, preview.Drain?.DueAt, preview.Drain?.ExpiresAt, preview.SmartEncoding?.Enabled,
        string.Join('|', preview.Samples!.Select(each => $"{each.To} {each.Text} {each.Reference} {each.DueAt:O}")));

    /// <summary>Takes the body as a slow network does, and sees how much of the list was read when the first row comes.</summary>
    private sealed class Probe(Func<int> given) : HttpMessageHandler
    {
        public int GivenAtFirstRow { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(new Sink(this, given), cancellationToken);
            return StubTransport.Json("{}", 202);
        }

        private sealed class Sink(Probe probe, Func<int> given) : MemoryStream
        {
            public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
            {
                if (probe.GivenAtFirstRow == 0 && buffer.Span.IndexOf("+1555"u8) >= 0)
                {
                    probe.GivenAtFirstRow = given();
                }

                return base.WriteAsync(buffer, cancellationToken);
            }
        }
    }
}
