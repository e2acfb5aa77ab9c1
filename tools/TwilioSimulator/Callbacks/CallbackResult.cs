namespace BulkSms.TwilioSimulator;

/// <summary>How a webhook call ended. <paramref name="Failure"/> is the retry policy that covers it, or null for 2xx and 3xx.</summary>
internal readonly record struct CallbackResult(int? StatusCode, string? Failure)
{
    public const string ConnectFailure = "ct";
    public const string ReadFailure = "rt";

    public static CallbackResult NotConnected => new(null, ConnectFailure);

    public static CallbackResult NotAnswered => new(null, ReadFailure);

    public static CallbackResult Answered(int status) => new(status, status switch { >= 500 => "5xx", >= 400 => "4xx", _ => null });
}
