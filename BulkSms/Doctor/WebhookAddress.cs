namespace BulkSms.Doctor;

/// <summary>A webhook's address as it is set at Twilio: whether it is ours, and what of it may be shown.</summary>
internal static class WebhookAddress
{
    private const int LongestShown = 200;

    /// <summary>
    /// Whether Twilio's calls to an address reach the expected one, with a signature that fits: letter by letter but for a slash at the end, what stands behind ? (which is
    /// signed as it is given) and behind # (which is not sent).
    /// </summary>
    public static bool IsSame(string url, string expected) => string.Equals(Bare(url), Bare(expected), StringComparison.Ordinal);

    /// <summary>Whether Twilio is asked to repeat as our own address asks it, in whatever order.</summary>
    public static bool HasOurRetries(string url) => Overrides(url).IsSupersetOf(Overrides($"#{Twilio.StatusCallbackUrl.Retries}"));

    /// <summary>The address without what may be secret: of another system only where it is.</summary>
    /// <param name="url">The address.</param>
    /// <param name="own">This app's address.</param>
    public static string Shown(string url, Uri? own)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            return "no address";
        }

        var isOwn = own is not null && own.Host.Equals(address.Host, StringComparison.OrdinalIgnoreCase);
        var shown = !isOwn ? $"{address.Scheme}://{address.IdnHost}/…"
            : address.UserInfo.Length == 0 ? url.Split('#', 2)[0].Split('?', 2)[0]
            : address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return shown.Length <= LongestShown ? shown : $"{shown[..LongestShown]}…";
    }

    private static string Bare(string url) => url.Split('#', 2)[0].Split('?', 2)[0].TrimEnd('/');

    private static HashSet<string> Overrides(string url) =>
        url.Split('#', 2) is [_, var fragment] ? fragment.Split('&', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal) : [];
}
