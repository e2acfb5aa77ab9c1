using System.Net;
using System.Text.Json;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Estimates;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using static BulkSms.Tests.Infrastructure.Uploads;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Lists as files: CSV and NDJSON, as a part of a form.</summary>
public sealed class UploadTests(MemoryFixture storage)
{
    [Theory]
    [InlineData(Csv, TwoInCsv)]
    [InlineData(Csv + "; charset=UTF-8", TwoInCsv)]
    [InlineData(Ndjson, TwoInNdjson)]
    public async Task Post_File_TextsEachRecipientInIt(string type, string file)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());

        var accepted = await AcceptedAsync(await PostAsync(app, type, file, Hi));
        await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal((2, 0, null), (accepted.RecipientsCount, accepted.DuplicatesRemoved, accepted.Invalid));
        Assert.Equal(["Hi Ada", "Hi Bob, jr."], app.Twilio.Messages.All.OrderBy(message => message.To, StringComparer.Ordinal).Select(message => message.Body));
    }

    [Fact]
    public async Task Post_AllOptions_AreReadFromTheForm()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        var expiresAt = $"{TimeProvider.System.GetUtcNow().AddDays(1):yyyy-MM-ddTHH:mm:ss}Z";

        var accepted = await AcceptedAsync(await PostAsync(
            app, Csv, "phone\n(201) 555-0123\n+12015550123\n+15551230001\nno number\n",
            Hello, ("defaultRegion", "US"), ("strict", "true"), ("maxCost", "1.5"), ("onInvalid", "skip"), ("sendAt", $"{TimeProvider.System.GetUtcNow().AddMinutes(-1):yyyy-MM-ddTHH:mm:ss}Z"), ("expiresAt", expiresAt), ("quietHours", "21:00-08:00 Europe/Berlin")));

        Assert.Equal((1, 1, 2), (accepted.RecipientsCount, accepted.DuplicatesRemoved, accepted.Invalid));
        Assert.Equal(new("21:00", "08:00", "Europe/Berlin"), (await app.GetAsync(accepted.BroadcastId)).QuietHours);
        Assert.NotNull((await app.RowAsync(accepted.BroadcastId, "+12015550123")).DueAt);
    }

    [Fact]
    public async Task Preview_File_TellsWhatItIsAndStoresNothing()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);

        using var form = WithFile(Form(Hi, ("onInvalid", "skip")), Csv, "to,name\n+12015550123,Ada\n+12015550124,\n+12015550123,Eve\n");

        using var response = await app.Http.PostAsync($"{Route}/preview", form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var preview = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.PreviewView)!;
        Assert.Equal((1, 1, 1, 0.0079m), (preview.RecipientsCount, preview.DuplicatesRemoved, preview.Invalid, preview.Cost.Total));
        Assert.Empty(app.Table(TableNames.Broadcasts).Query<Azure.Data.Tables.TableEntity>());
    }

    [Fact]
    public async Task Post_ThousandsWithTextsOfTheirOwn_AreFannedOutOfABlobBitByBit()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        var numbers = TestApp.Numbers(1100);
        var file = "to,name\n" + string.Concat(numbers.Select(number => $"{number},N{number[8..]}\n"));

        var accepted = await AcceptedAsync(await PostAsync(app, Csv, file, Hi));
        var expand = (await app.Queue(QueueNames.Expand).ReceiveMessageAsync()).Value;
        await app.Service<FanOutJobHandler>().RunAsync(FanOutJob.Parse(expand.Body).BroadcastId, default);

        Assert.Equal(1100, accepted.RecipientsCount);
        var jobs = await app.TakeAllAsync(QueueNames.Outbound);
        Assert.Equal(numbers.Select(number => (number, $"Hi N{number[8..]}")), jobs.DistinctBy(job => job.To).OrderBy(job => job.To, StringComparer.Ordinal).Select(job => (job.To, job.Text)));
        Assert.Equal(1100, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]);
    }

    [Fact]
    public async Task Post_SameFileUnderOneKey_IsOneBroadcast()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "one");

        var first = await AcceptedAsync(await PostAsync(app, Csv, TwoInCsv, Hi));
        var again = await AcceptedAsync(await PostAsync(app, Csv, TwoInCsv.ReplaceLineEndings("\n"), Hi)); // saved by another program
        using var other = await PostAsync(app, Csv, TwoInCsv.Replace("Ada", "Eva", StringComparison.Ordinal), Hi);

        Assert.Equal(first, again);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Fact]
    public async Task Post_AboveKestrelsOwnLimit_IsTaken()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), [new("Broadcasts:MaxUploadBytes", "40000000")], pumping: false);
        var file = "to,note\n" + string.Concat(TestApp.Numbers(1100).Select(number => $"{number},{new string('x', 29_000)}\n"));

        var accepted = await AcceptedAsync(await PostAsync(app, Csv, file, Hello));

        Assert.Equal(1100, accepted.RecipientsCount);
    }

    [Theory]
    [InlineData(Csv, TwoInCsv)]
    [InlineData(Ndjson, TwoInNdjson)]
    public async Task Post_FileAsTheBody_Is415NamingTheForm(string type, string file)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);

        using var response = await app.Http.PostAsync(Route, File(file, type));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("multipart/form-data with the list as the part recipients", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "message")]
    [InlineData("/preview", "message")]
    [InlineData("", "strict")]
    [InlineData("", "CANARY-4711")]
    public async Task Post_FieldInTheAddress_IsRefusedWhateverTheBody(string route, string name)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        using var form = WithFile(Form(Hi), Csv, TwoInCsv);
        using var json = new StringContent("""{"message": "Hello", "recipients": ["+15551230001"]}""", System.Text.Encoding.UTF8, "application/json");

        foreach (var body in new HttpContent[] { form, json })
        {
            using var response = await app.Http.PostAsync($"{Route}{route}?{name}=CANARY-VALUE&code=SECRET-CODE&clientId=default", body);
            var answer = await response.Content.ReadAsStringAsync();

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains($"\"errors\":{{\"{name}\":[\"must be a field of the body, not of the address\"]}}", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("CANARY-VALUE", answer + app.Logs.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("SECRET-CODE", answer + app.Logs.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Logs_OfUploads_ShowNeitherNumbersNorData()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());

        var accepted = await AcceptedAsync(await PostAsync(app, Csv, "to,name\n+15551230001,CANARY-4711\n", Hi));
        await app.CompletedAsync(accepted.BroadcastId);
        using var refused = await PostAsync(app, Csv, "to,name\n+15551230001,CANARY-4711\n5551230001,CANARY-4711\n", Hi, ("x", "CANARY-4711"));

        Assert.DoesNotContain("CANARY", app.Logs.Text + await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("5551230001", app.Logs.Text + await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
