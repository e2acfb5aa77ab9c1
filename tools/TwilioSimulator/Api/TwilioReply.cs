using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BulkSms.TwilioSimulator;

/// <summary>A reply, ready to be written whole or cut short.</summary>
internal sealed record TwilioReply(int Status, ReadOnlyMemory<byte> Body, string ContentType = "application/json")
{
    public int? Code { get; private init; }

    public static TwilioReply Json<T>(int status, T resource, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(resource, type));

    public static TwilioReply Error(int code, string? to = null) => Error(TwilioErrors.HttpStatus(code), code, to);

    public static TwilioReply Error(int status, int code, string? to)
    {
        var error = new ErrorResource(code, TwilioErrors.Message(code, to), $"https://www.twilio.com/docs/errors/{code}", status);
        return Json(status, error, TwilioJson.Plain.ErrorResource) with { Code = code };
    }

    /// <summary>What a proxy in front of Twilio says.</summary>
    public static TwilioReply WithoutCode(int status) => new(status, "upstream connect error"u8.ToArray(), "text/plain");

    /// <param name="context">The call to answer.</param>
    /// <param name="retryAfter">Seconds for a 429, or 0.</param>
    /// <param name="cut">Promise the whole body but write only half: the server then ends the connection.</param>
    public async Task WriteAsync(HttpContext context, int retryAfter, bool cut = false)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        if (Status == StatusCodes.Status429TooManyRequests && retryAfter > 0)
        {
            response.Headers.RetryAfter = retryAfter.ToString(CultureInfo.InvariantCulture);
        }

        await response.BodyWriter.WriteAsync(cut ? Body[..(Body.Length / 2)] : Body);
    }
}
