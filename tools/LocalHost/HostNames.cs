using BulkSms.Http;

namespace BulkSms.LocalHost;

/// <summary>
/// The names that this host answers to: loopback's, and the public address that Twilio was given. A page in a browser that has another name point to 127.0.0.1 is
/// refused.
/// </summary>
/// <param name="publicBaseUrl">The public address; null: there is none.</param>
internal sealed class HostNames(Uri? publicBaseUrl)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    public Task CheckAsync(HttpContext http, RequestDelegate next) => IsOurs(http.Request.Host.Host) ? next(http) : Refusal().ExecuteAsync(http);

    private bool IsOurs(string name) =>
        Loopback.Contains(name, StringComparer.OrdinalIgnoreCase) || (publicBaseUrl is not null && name.Equals(publicBaseUrl.Host, StringComparison.OrdinalIgnoreCase));

    private static IResult Refusal() => Problems.Of(
        "misdirected-request", "This host is not called that.", StatusCodes.Status421MisdirectedRequest, "Call it by 127.0.0.1 or localhost, or by the name in Webhooks__PublicBaseUrl.");
}
