using System.Net;
using System.Text;
using BulkSms.Twilio;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Twilio;

/// <summary>An answer of Twilio's as it comes off the wire → its outcome.</summary>
internal static class Answer
{
    public static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    public static SendOutcome Read(int status, string body, string? retryAfter = null) => Read(status, Encoding.UTF8.GetBytes(body), retryAfter);

    public static SendOutcome Read(int status, byte[] body, string? retryAfter = null)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return TwilioAnswer.Read(response, body, new FakeTimeProvider(Now));
    }
}
