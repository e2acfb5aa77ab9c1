using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BulkSms.Api;

namespace BulkSms.Tests.Infrastructure;

/// <summary>Files and forms as callers upload them.</summary>
internal static class Uploads
{
    public const string Route = "/api/v1/broadcasts";
    public const string Csv = "text/csv";
    public const string Ndjson = "application/x-ndjson";

    /// <summary>A text with a placeholder.</summary>
    public static readonly (string, string) Hi = ("message", "Hi {{name}}");

    public static readonly (string, string) Hello = ("message", "Hello");

    public const string TwoInCsv = "name,phone\r\nAda,+15551230001\r\n\"Bob, jr.\",+15551230002\r\n";

    /// <summary>The same people as in <see cref="TwoInCsv"/>.</summary>
    public const string TwoInNdjson = """
        {"to": "+15551230001", "data": {"name": "Ada"}}
        {"to": "+15551230002", "data": {"name": "Bob, jr."}}
        """;

    /// <summary>Posts a form with these fields and a file.</summary>
    public static Task<HttpResponseMessage> PostAsync(TestApp app, string type, string file, params (string Name, string Value)[] fields) =>
        app.Http.PostAsync(Route, WithFile(Form(fields), type, file));

    public static MultipartFormDataContent WithFile(MultipartFormDataContent form, string type, string file)
    {
        form.Add(File(file, type), "recipients", "list");
        return form;
    }

    public static ByteArrayContent File(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    public static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    public static async Task<AcceptedView> AcceptedAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.Accepted, body);
            return JsonSerializer.Deserialize(body, ApiJson.Default.AcceptedView)!;
        }
    }
}
