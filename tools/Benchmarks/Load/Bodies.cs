using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace BulkSms.Benchmarks.Load;

/// <summary>Requests to send broadcasts. Numbers are fictitious and all different.</summary>
internal static class Bodies
{
    public const string Text = "The clinic is closed today. We will call you to make a new appointment. Thank you for your patience.";
    private const string Path = "/api/v1/broadcasts";

    /// <summary>A broadcast as JSON.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="count">How many.</param>
    /// <param name="sendAt">Not before; null: at once.</param>
    public static HttpRequestMessage Json(int from, int count, DateTimeOffset? sendAt = null)
    {
        var json = new StringBuilder(Text.Length + 100 + (count * 16)).Append("{\"message\":\"").Append(Text).Append("\",\"confirmRepeat\":true");
        if (sendAt is { } due)
        {
            json.Append(CultureInfo.InvariantCulture, $",\"sendAt\":\"{due:yyyy-MM-ddTHH:mm:ssZ}\"");
        }

        json.Append(",\"recipients\":[");
        for (var i = 0; i < count; i++)
        {
            json.Append(i == 0 ? "\"" : ",\"").Append(Number(from + i)).Append('"');
        }

        return Post(Path, Encoding.UTF8.GetBytes(json.Append("]}").ToString()), "application/json");
    }

    /// <summary>A broadcast to a CSV file.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="count">How many.</param>
    /// <param name="sendAt">Not before; null: at once.</param>
    /// <param name="columns">Columns of data beside the number; the text uses the first.</param>
    public static HttpRequestMessage Csv(int from, int count, DateTimeOffset? sendAt = null, int columns = 0)
    {
        var names = Enumerable.Range(0, columns).Select(column => string.Create(CultureInfo.InvariantCulture, $"column{column}")).ToArray();
        var csv = new StringBuilder(string.Join(',', names.Prepend("to")), (16 + (columns * 20)) * count).Append('\n');
        for (var i = 0; i < count; i++)
        {
            csv.Append(Number(from + i));
            for (var column = 0; column < columns; column++)
            {
                csv.Append(CultureInfo.InvariantCulture, $",value {column} of {i:0000000}");
            }

            csv.Append('\n');
        }

        var form = new MultipartFormDataContent { { new StringContent(columns == 0 ? Text : "Hello {{column0}}. " + Text), "message" }, { new StringContent("true"), "confirmRepeat" } };
        if (sendAt is { } due)
        {
            form.Add(new StringContent(string.Create(CultureInfo.InvariantCulture, $"{due:yyyy-MM-ddTHH:mm:ssZ}")), "sendAt");
        }

        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(csv.ToString())) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }, "recipients", "list.csv");
        return new(HttpMethod.Post, Path) { Content = form };
    }

    // 555 is in no area, and 0 to 9,999,999 are all of its numbers; then come those of other such areas.
    public static string Number(int index) => string.Create(CultureInfo.InvariantCulture, $"+1{555 + (index / 10_000_000)}{index % 10_000_000:0000000}");

    private static HttpRequestMessage Post(string path, byte[] body, string type) =>
        new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };
}
