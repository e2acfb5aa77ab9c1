using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using BulkSms.Broadcasts;
using BulkSms.Estimates;
using BulkSms.Http;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Lists as files: CSV and NDJSON, as the body or as a part of a form.</summary>
public sealed class UploadTests(AzuriteFixture azurite)
{
    private const string Path = "/api/v1/broadcasts";
    private const string Csv = "text/csv";
    private const string Ndjson = "application/x-ndjson";
    private const string Hi = "message=Hi%20%7B%7Bname%7D%7D";
    private const string TwoInCsv = "name,phone\r\nAda,+15551230001\r\n\"Bob, jr.\",+15551230002\r\n";

    private const string TwoInNdjson = """
        {"to": "+15551230001", "data": {"name": "Ada"}}
        {"to": "+15551230002", "data": {"name": "Bob, jr."}}
        """;

    [Theory]
    [InlineData(Csv, TwoInCsv)]
    [InlineData(Csv + "; charset=UTF-8", TwoInCsv)]
    [InlineData(Ndjson, TwoInNdjson)]
    public async Task Post_File_TextsEverybodyInIt(string type, string file)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount());

        var accepted = await AcceptedAsync(await PostAsync(app, $"{Path}?{Hi}", type, file));
        await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal((2, 0, null), (accepted.RecipientsCount, accepted.DuplicatesRemoved, accepted.Invalid));
        Assert.Equal(["Hi Ada", "Hi Bob, jr."], app.Twilio.Messages.All.OrderBy(message => message.To, StringComparer.Ordinal).Select(message => message.Body));
    }

    [Theory]
    [InlineData(Csv, TwoInCsv)]
    [InlineData(Ndjson, TwoInNdjson)]
    public async Task Post_Form_IsTheSameRequest(string type, string file)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        using var form = Form(("message", "Hi {{name}}"), ("sendAt", "2020-01-01T00:00:00Z"));
        form.Add(File(file, type), "recipients", "list");

        var accepted = await AcceptedAsync(await app.Http.PostAsync(Path, form));

        Assert.Equal(["Hi Ada", "Hi Bob, jr."], (await app.TakeAllAsync(QueueNames.Outbound)).OrderBy(job => job.To, StringComparer.Ordinal).Select(job => job.Text));
        Assert.Equal(2, accepted.RecipientsCount);
    }

    [Fact]
    public async Task Post_AllOptions_AreReadFromTheQuery()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        var query = $"{Path}?message=Hello&defaultRegion=US&strict=true&maxCost=1.5&onInvalid=skip&sendAt=2020-01-01T00:00:00Z"
            + $"&expiresAt={TimeProvider.System.GetUtcNow().AddDays(1):yyyy-MM-ddTHH:mm:ss}Z&quietHours=21:00-08:00%20Europe/Berlin&code=made-up&clientId=default";

        var accepted = await AcceptedAsync(await PostAsync(app, query, Csv, "phone\n(201) 555-0123\n+12015550123\n+15551230001\nnobody\n"));

        Assert.Equal((1, 1, 2), (accepted.RecipientsCount, accepted.DuplicatesRemoved, accepted.Invalid));
        Assert.Equal("21:00-08:00 Europe/Berlin", (await app.GetAsync(accepted.BroadcastId)).QuietHours);
        Assert.NotNull((await app.RowAsync(accepted.BroadcastId, "+12015550123")).DueAt);
    }

    [Theory]
    [InlineData("message=Hello&mesage=x", "mesage", "is not a known field")]
    [InlineData("message=Hello&Strict=true", "Strict", "is not a known field")]
    [InlineData("message=Hello&message=Bye", "message", "must be given once")]
    [InlineData("message=Hello&strict=yes", "strict", "must be true or false")]
    [InlineData("message=Hello&maxCost=-1", "maxCost", "must be an amount in US dollars, such as 12.50")]
    [InlineData("message=Hello&onInvalid=ignore", "onInvalid", "must be reject or skip")]
    [InlineData("message=Hello&sendAt=tomorrow", "sendAt", RequestTime.Fault)]
    [InlineData("message=Hello&quietHours=night", "quietHours", "must be two times of day and, if not UTC, the zone of numbers that tell none, such as 21:00-08:00 Europe/Berlin")]
    [InlineData("message=Hello&expiresAt=2020-01-01T00:00:00Z", "expiresAt", "must be in the future")]
    [InlineData("strict=true&strict=false&message=x", "strict", "must be given once")]
    [InlineData("", "message", "is required")]
    public async Task Post_FaultyParameter_Is400NamingIt(string query, string name, string fault)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        var problem = await RefusedAsync(app, await PostAsync(app, $"{Path}?{query}&code=SECRET-CODE", Csv, "to\n+12015550123\n"), HttpStatusCode.BadRequest);

        Assert.Equal([(name, fault)], problem.Errors!.Select(error => (error.Key, error.Value[0])));
        Assert.DoesNotContain("SECRET-CODE", JsonSerializer.Serialize(problem) + app.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FaultyLines_AreAllToldByTheirLines()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        var lines = Enumerable.Range(0, 150).Select(i => i % 2 == 0 ? $"N{i},+1555{i:0000000}" : $"N{i},{i}");

        var problem = await RefusedAsync(app, await PostAsync(app, $"{Path}?message=Hello", Csv, "name,to\n" + string.Join('\n', lines)), HttpStatusCode.BadRequest);

        Assert.Equal(75, problem.ErrorCount);
        Assert.Equal(["line 3", "line 5", "line 7"], problem.Errors!.Keys.Take(3));
    }

    [Fact]
    public async Task Preview_File_TellsWhatItIsAndStoresNothing()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        using var response = await PostAsync(app, $"{Path}/preview?{Hi}&onInvalid=skip", Csv, "to,name\n+12015550123,Ada\n+12015550124,\n+12015550123,Eve\n");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var preview = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.PreviewView)!;
        Assert.Equal((1, 1, 1, new Price(0.0079m)), (preview.RecipientsCount, preview.DuplicatesRemoved, preview.Invalid, preview.Cost.Total));
        Assert.Empty(app.Table(TableNames.Broadcasts).Query<Azure.Data.Tables.TableEntity>());
    }

    [Fact]
    public async Task Post_ThousandsWithTextsOfTheirOwn_AreFannedOutOfABlobBitByBit()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        var numbers = TestApp.Numbers(2000);
        var file = "to,name\n" + string.Concat(numbers.Select(number => $"{number},N{number[8..]}\n"));

        var accepted = await AcceptedAsync(await PostAsync(app, $"{Path}?{Hi}", Csv, file));
        var expand = (await app.Queue(QueueNames.Expand).ReceiveMessageAsync()).Value;
        await app.Service<ExpandBroadcast>().RunAsync(ExpandJob.Parse(expand.Body).BroadcastId, default);

        Assert.Equal(2000, accepted.RecipientsCount);
        var jobs = await app.TakeAllAsync(QueueNames.Outbound);
        Assert.Equal(numbers.Select(number => (number, $"Hi N{number[8..]}")), jobs.DistinctBy(job => job.To).OrderBy(job => job.To, StringComparer.Ordinal).Select(job => (job.To, job.Text)));
        Assert.Equal(2000, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]);
    }

    [Fact]
    public async Task Post_SameFileUnderOneKey_IsOneBroadcast()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "one");

        var first = await AcceptedAsync(await PostAsync(app, $"{Path}?{Hi}", Csv, TwoInCsv));
        var again = await AcceptedAsync(await PostAsync(app, $"{Path}?{Hi}", Ndjson, TwoInNdjson)); // the same people and texts
        using var other = await PostAsync(app, $"{Path}?{Hi}", Csv, TwoInCsv.Replace("Ada", "Eva", StringComparison.Ordinal));

        Assert.Equal(first, again);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_BodyAboveTheLimit_Is413WhetherOrNotItSaysItsLength(bool saysLength)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [new("Broadcasts:MaxUploadBytes", "2000")], pumping: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}?message=Hello") { Content = File("to\n" + string.Join('\n', TestApp.Numbers(500)), Csv) };
        request.Headers.TransferEncodingChunked = !saysLength;

        await RefusedAsync(app, await app.Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Post_AboveKestrelsOwnLimit_IsTaken()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [new("Broadcasts:MaxUploadBytes", "40000000")], pumping: false);
        var file = "to,note\n" + string.Concat(TestApp.Numbers(620).Select(number => $"{number},{new string('x', 50_000)}\n"));

        var accepted = await AcceptedAsync(await PostAsync(app, $"{Path}?message=Hello", Csv, file));

        Assert.Equal(620, accepted.RecipientsCount);
    }

    [Theory]
    [InlineData("Content-Length: 200\r\n", "to\n+15551230001\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "10\r\nto\n+15551230001\n\r\n")]
    public async Task Post_ConnectionCut_AcceptsNothing(string framing, string sent)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(app.Url.Host, app.Url.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {Path}?message=Hello HTTP/1.1\r\nHost: x\r\nx-functions-key: {TestApp.Key}\r\nContent-Type: text/csv\r\n{framing}\r\n{sent}"));
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream);
            Assert.DoesNotContain(" 202 ", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }

        Assert.Empty(app.Table(TableNames.Broadcasts).Query<Azure.Data.Tables.TableEntity>());
    }

    public static TheoryData<string, string> Forms => new()
    {
        { "file first", "message: must be given before the part recipients, which comes last" },
        { "two files", "recipients: must be given before the part recipients, which comes last" },
        { "no file", "recipients: is required" },
        { "no type", "recipients: must be a file of the type text/csv or application/x-ndjson, as curl says by ;type=text/csv" },
        { "twice", "message: must be given once" },
        { "unknown", "sender: is not a known field" },
        { "query", "message: must be a field of the form" },
        { "long", "message: must be shorter than 65536 characters" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Post_FaultyForm_Is400NamingThePart(string kind, string fault)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        using var form = kind switch
        {
            "file first" or "no file" => Form(),
            "twice" => Form(("message", "Hello"), ("message", "Bye")),
            "unknown" => Form(("message", "Hello"), ("sender", "me")),
            "long" => Form(("message", new string('a', 70_000))),
            _ => Form(("message", "Hello")),
        };
        form.Add(kind == "no file" ? new StringContent("Hello") : File(TwoInCsv, kind == "no type" ? "application/octet-stream" : Csv), kind == "no file" ? "message" : "recipients");
        if (kind is "file first" or "two files")
        {
            form.Add(kind == "two files" ? File(TwoInCsv, Csv) : new StringContent("Hello"), kind == "two files" ? "recipients" : "message");
        }

        var problem = await RefusedAsync(app, await app.Http.PostAsync(kind == "query" ? $"{Path}?message=Hello" : Path, form), HttpStatusCode.BadRequest);

        Assert.Contains(fault, problem.Errors!.SelectMany(error => error.Value.Select(told => $"{error.Key}: {told}")));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nHello", HttpStatusCode.BadRequest, "incomplete-body")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nHello\r\n--b\r\nContent-Disposition: form-data; name=\"recipients\"\r\nContent-Type: text/csv\r\n\r\nto\r\n+15551230001\r\n", HttpStatusCode.BadRequest, "incomplete-body")]
    [InlineData("multipart/form-data; boundary=b", "no form", HttpStatusCode.BadRequest, "incomplete-body")]
    [InlineData("multipart/form-data", "no boundary", HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")]
    [InlineData("text/csv; charset=iso-8859-1", "to\n+15551230001\n", HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")]
    public async Task Post_BrokenBody_IsRefused(string type, string body, HttpStatusCode status, string problemType)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        var problem = await RefusedAsync(app, await PostAsync(app, Path, type, body), status);

        Assert.Equal("urn:bulksms:problem:" + problemType, problem.Type);
    }

    [Fact]
    public async Task Logs_OfUploads_ShowNeitherNumbersNorData()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount());

        var accepted = await AcceptedAsync(await PostAsync(app, $"{Path}?{Hi}", Csv, "to,name\n+15551230001,CANARY-4711\n"));
        await app.CompletedAsync(accepted.BroadcastId);
        using var refused = await PostAsync(app, $"{Path}?{Hi}&x=CANARY-4711", Csv, "to,name\n+15551230001,CANARY-4711\n5551230001,CANARY-4711\n");

        Assert.DoesNotContain("CANARY", app.Logs.Text + await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("5551230001", app.Logs.Text + await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> PostAsync(TestApp app, string path, string type, string body) => app.Http.PostAsync(path, File(body, type));

    private static ByteArrayContent File(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private static async Task<AcceptedView> AcceptedAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.Accepted, body);
            return JsonSerializer.Deserialize(body, ApiJson.Default.AcceptedView)!;
        }
    }

    private static async Task<ProblemDocument> RefusedAsync(TestApp app, HttpResponseMessage response, HttpStatusCode status)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.Empty(app.Table(TableNames.Broadcasts).Query<Azure.Data.Tables.TableEntity>());
            return JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.ProblemDocument)!;
        }
    }
}
