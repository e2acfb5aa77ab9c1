using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace BulkSms.Twilio.Account;

/// <summary>What came of one question: what was asked for, or why it is not known.</summary>
/// <param name="Value">What was asked for; null: it is not known.</param>
/// <param name="Status">The HTTP status of a refusal; 0: there was none.</param>
/// <param name="Trouble">Why it is not known, as a sentence without anything of the answer.</param>
public sealed record Asked<T>(T? Value, int Status, string Trouble)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsKnown => Value is not null;
}

/// <summary>Makes <see cref="Asked{T}"/>.</summary>
public static class Asked
{
    public static Asked<T> Known<T>(T value)
        where T : class => new(value, 0, "");

    public static Asked<T> Unknown<T>(string trouble)
        where T : class => new(null, 0, trouble);

    /// <summary>There are no credentials that Twilio takes: the question is for later.</summary>
    public static Asked<T> WithoutCredentials<T>(string trouble)
        where T : class => new(null, (int)HttpStatusCode.Unauthorized, trouble);

    /// <summary>Of a call that failed: what of it may be told.</summary>
    public static Asked<T> Failed<T>(Exception fault)
        where T : class => fault switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized } => WithoutCredentials<T>("Twilio refused the credentials."),
        HttpRequestException { StatusCode: { } status } => new(null, (int)status, string.Create(CultureInfo.InvariantCulture, $"Twilio answered with status {(int)status}.")),
        HttpRequestException => Unknown<T>("Twilio could not be reached."),
        OperationCanceledException => Unknown<T>("Twilio did not answer in time."),
        _ => Unknown<T>("Twilio's answer could not be read."),
    };
}
