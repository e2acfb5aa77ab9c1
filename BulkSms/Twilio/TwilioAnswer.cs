using System.Net.Http.Headers;
using System.Text.Json;
using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.Twilio;

/// <summary>What happened on the wire → <see cref="SendOutcome"/>. Pure: the one place where Twilio's answers are read.</summary>
public static class TwilioAnswer
{
    /// <summary>Longest wait that Retry-After is believed to mean.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);

    /// <summary>Reads an answer that arrived whole.</summary>
    public static SendOutcome Read(HttpResponseMessage response, ReadOnlySpan<byte> body, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        var answer = Parse(body);
        if (status is >= 200 and < 300)
        {
            return IsMessageSid(answer?.Sid)
                ? new SendOutcome.Accepted(answer!.Sid!, Word(answer.Status))
                : new SendOutcome.Unconfirmed(0, $"the answer {status} names no message");
        }

        var code = TwilioErrors.OfTwilio(answer?.Code);
        var reason = code == 0 ? $"Twilio answered {status} without a code" : TwilioErrors.Words(code);
        return TwilioErrors.Classify(status, answer?.Code) switch
        {
            ErrorClass.Retry => new SendOutcome.Retry(code, reason, CauseOf(code), RetryAfter(response.Headers.RetryAfter, time)),
            ErrorClass.Rejected => new SendOutcome.Rejected(code, reason),
            ErrorClass.OptedOut => new SendOutcome.OptedOut(code, reason),
            ErrorClass.Suspend => new SendOutcome.Suspend(code, reason),
            _ => new SendOutcome.Unconfirmed(code, reason),
        };
    }

    private static RetryCause CauseOf(int code) => code switch
    {
        TwilioErrors.ServiceUnavailable or TwilioErrors.Maintenance => RetryCause.Outage,
        TwilioErrors.TooManyToOneNumber => RetryCause.Recipient,
        _ => RetryCause.Congestion,
    };

    // The row's status takes no word that Twilio does not document.
    private static string Word(string? status) =>
        status is not null && ProviderStatus.IsKnown(status) ? status : ProviderStatus.Accepted;

    private static Answer? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? new(Text(root, "sid"), Text(root, "status"), Number(root, "code")) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // not JSON, or not valid Unicode
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>SM or MM and 32 hexadecimal digits.</summary>
    public static bool IsMessageSid(string? sid) =>
        sid is { Length: 34 } && sid[..2] is ("SM" or "MM") && Common.Hex.IsAny(sid.AsSpan(2), 32);

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, TimeProvider time)
    {
        var after = header?.Delta ?? header?.Date - time.GetUtcNow();
        return after > MaxRetryAfter ? MaxRetryAfter : after > TimeSpan.Zero ? after : null;
    }

    private sealed record Answer(string? Sid, string? Status, int? Code);
}
