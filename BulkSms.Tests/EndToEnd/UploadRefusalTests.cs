using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using BulkSms.Http;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using static BulkSms.Tests.Infrastructure.Uploads;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Files and forms that are refused: what is told of them, and that nothing of them is kept.</summary>
public sealed class UploadRefusalTests(MemoryFixture memory)
{
    [Theory]
    [InlineData("mesage", "x", "is not a known field")]
    [InlineData("Strict", "true", "is not a known field")]
    [InlineData("strict", "yes", "must be true or false")]
    [InlineData("maxCost", "-1", "must be an amount in US dollars, such as 12.50")]
    [InlineData("onInvalid", "ignore", "must be reject or skip")]
    [InlineData("sendAt", "tomorrow", RequestTime.Fault)]
    [InlineData("quietHours", "night", "must be two times of day and, if you like, the zone of numbers that tell several or none, such as 21:00-08:00 Europe/Berlin")]
    [InlineData("expiresAt", "2020-01-01T00:00:00Z", "must be in the future")]
    public async Task Post_FaultyField_Is400NamingIt(string name, string value, string fault)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var problem = await RefusedAsync(app, await PostAsync(app, Csv, "to\n+12015550123\n", Hello, (name, value)), HttpStatusCode.BadRequest);

        Assert.Equal([(name, fault)], problem.Errors!.Select(error => (error.Key, error.Value[0])));
    }

    [Fact]
    public async Task Post_NoMessage_Is400NamingIt()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var problem = await RefusedAsync(app, await PostAsync(app, Csv, "to\n+12015550123\n"), HttpStatusCode.BadRequest);

        Assert.Equal([("message", "is required")], problem.Errors!.Select(error => (error.Key, error.Value[0])));
    }

    [Theory]
    [InlineData(Csv, "to\n+12015550123\n")]
    [InlineData(Ndjson, "\"+12015550123\"\n")]
    public async Task Post_BlankLinesWithoutEnd_AreNotAllRead(string type, string file)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Broadcasts:MaxUploadRecipients", "10")], pumping: false);

        var problem = await RefusedAsync(app, await PostAsync(app, type, file + new string('\n', 1000), Hello), HttpStatusCode.BadRequest);

        Assert.Equal([("recipients", "has more lines than its recipients can need: remove the blank ones")], problem.Errors!.Select(error => (error.Key, error.Value[0])));
        await AcceptedAsync(await PostAsync(app, type, file + new string('\n', 100), Hello));
    }

    [Theory]
    [InlineData(Csv, "to,name\n+12015550123, \n")]
    [InlineData(Ndjson, "\n{\"to\": \"+12015550123\", \"data\": {\"name\": \" \"}}\n")]
    public async Task Post_EmptyValue_IsAFaultOfItsLine(string type, string file)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var problem = await RefusedAsync(app, await PostAsync(app, type, file, Hi), HttpStatusCode.BadRequest);

        Assert.Equal([("line 2", "has no value for {{name}}")], problem.Errors!.Select(error => (error.Key, error.Value[0])));
    }

    [Fact]
    public async Task Post_FaultyLines_AreAllToldByTheirLines()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var lines = Enumerable.Range(0, 150).Select(i => i % 2 == 0 ? $"N{i},+1555{i:0000000}" : $"N{i},x{i}");

        var problem = await RefusedAsync(app, await PostAsync(app, Csv, "name,to\n" + string.Join('\n', lines), Hello), HttpStatusCode.BadRequest);

        Assert.Equal(75, problem.ErrorCount);
        Assert.Equal(["line 3", "line 5", "line 7"], problem.Errors!.Keys.Take(3));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_BodyAboveTheLimit_Is413WhetherOrNotItSaysItsLength(bool saysLength)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Broadcasts:MaxUploadBytes", "2000")], pumping: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, Route) { Content = WithFile(Form(Hello), Csv, "to\n" + string.Join('\n', TestApp.Numbers(500))) };
        request.Headers.TransferEncodingChunked = !saysLength;

        await RefusedAsync(app, await app.Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("Content-Length: 2000\r\n", false)]
    [InlineData("Transfer-Encoding: chunked\r\n", true)]
    public async Task Post_ConnectionCut_AcceptsNothing(string framing, bool chunked)
    {
        const string Part = "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nHello\r\n--b\r\nContent-Disposition: form-data; name=\"recipients\"\r\nContent-Type: text/csv\r\n\r\nto\n+15551230001\n";
        var sent = chunked ? $"{Part.Length:x}\r\n{Part}\r\n" : Part;
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(app.Url.Host, app.Url.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {Route} HTTP/1.1\r\nHost: {app.Url.Authority}\r\nx-functions-key: {TestApp.Key}\r\nContent-Type: multipart/form-data; boundary=b\r\n{framing}\r\n{sent}"));
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream);
            Assert.DoesNotContain(" 202 ", await AnswerAsync(reader), StringComparison.Ordinal);
        }

        Assert.Empty(app.Table(TableNames.Broadcasts).Query<Azure.Data.Tables.TableEntity>());
    }

    private static async Task<string> AnswerAsync(StreamReader reader)
    {
        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return ""; // reset: no answer
        }
    }

    public static TheoryData<string, string> Forms => new()
    {
        { "file first", "message: must be given before the part recipients, which comes last" },
        { "two files", "recipients: must be given before the part recipients, which comes last" },
        { "no file", "recipients: is required" },
        { "charset", "recipients: is declared to be in klingon, which is no known encoding: save it as UTF-8" },
        { "picture", "recipients: is a PDF document: send the spreadsheet that it was made from" },
        { "twice", "message: must be given once" },
        { "unknown", "sender: is not a known field" },
        { "long", "message: must be shorter than 65536 characters" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Post_FaultyForm_Is400NamingThePart(string kind, string fault)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var form = kind switch
        {
            "file first" or "no file" => Form(),
            "twice" => Form(("message", "Hello"), ("message", "Bye")),
            "unknown" => Form(("message", "Hello"), ("sender", "me")),
            "long" => Form(("message", new string('a', 70_000))),
            _ => Form(("message", "Hello")),
        };
        form.Add(kind == "no file" ? new StringContent("Hello") : File(kind == "picture" ? "%PDF-1.7" : TwoInCsv, kind == "charset" ? Csv + "; charset=klingon" : Csv), kind == "no file" ? "message" : "recipients");
        if (kind is "file first" or "two files")
        {
            form.Add(kind == "two files" ? File(TwoInCsv, Csv) : new StringContent("Hello"), kind == "two files" ? "recipients" : "message");
        }

        var problem = await RefusedAsync(app, await app.Http.PostAsync(Route, form), HttpStatusCode.BadRequest);

        Assert.Contains(fault, problem.Errors!.SelectMany(error => error.Value.Select(told => $"{error.Key}: {told}")));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nHello", HttpStatusCode.BadRequest, "incomplete-body")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nHello\r\n--b\r\nContent-Disposition: form-data; name=\"recipients\"\r\nContent-Type: text/csv\r\n\r\nto\r\n+15551230001\r\n", HttpStatusCode.BadRequest, "incomplete-body")]
    [InlineData("multipart/form-data; boundary=b", "no form", HttpStatusCode.BadRequest, "incomplete-body")]
    [InlineData("multipart/form-data", "no boundary", HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")]
    public async Task Post_BrokenBody_IsRefused(string type, string body, HttpStatusCode status, string problemType)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var problem = await RefusedAsync(app, await app.Http.PostAsync(Route, File(body, type)), status);

        Assert.Equal("urn:bulksms:problem:" + problemType, problem.Type);
    }

    private static async Task<ProblemDocument> RefusedAsync(TestApp app, HttpResponseMessage response, HttpStatusCode status)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.Empty(app.Table(TableNames.Broadcasts).Query<Azure.Data.Tables.TableEntity>());
            return JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ProblemDocument.Json)!;
        }
    }
}
