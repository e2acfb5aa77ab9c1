using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace BulkSms.TwilioSimulator;

/// <summary>
/// The fragment of a callback address, such as <c>#rc=5&amp;rp=all</c>. Of Twilio's parameters it honours rc (retries, 0 to 5,
/// default 1), rp (which failures are retried, default ct) and rt (read timeout in ms, 100 to 15,000, default 15,000).
/// </summary>
internal sealed record ConnectionOverrides(int Retries, IReadOnlySet<string> Policies, TimeSpan ReadTimeout)
{
    private const int MaxRetries = 5;
    private const int MaxReadTimeout = 15_000;
    private static readonly HashSet<string> DefaultPolicies = [CallbackResult.ConnectFailure];
    private static readonly ConnectionOverrides Default = new(1, DefaultPolicies, TimeSpan.FromMilliseconds(MaxReadTimeout));

    public static ConnectionOverrides Of(string url)
    {
        if (url.IndexOf('#', StringComparison.Ordinal) is < 0)
        {
            return Default;
        }

        var values = QueryHelpers.ParseQuery(url[(url.IndexOf('#', StringComparison.Ordinal) + 1)..]);
        var policies = values.TryGetValue("rp", out var given) ? given.ToString().Split(',').ToHashSet() : DefaultPolicies;
        return new ConnectionOverrides(
            Number(values.GetValueOrDefault("rc"), 0, MaxRetries, Default.Retries),
            policies,
            TimeSpan.FromMilliseconds(Number(values.GetValueOrDefault("rt"), 100, MaxReadTimeout, MaxReadTimeout)));
    }

    public bool Retry(CallbackResult result, int attempt) =>
        result.Failure is { } failure && attempt < Retries && (Policies.Contains(failure) || Policies.Contains("all"));

    private static int Number(string? text, int least, int most, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, least, most) : otherwise;
}
