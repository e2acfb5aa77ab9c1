using System.Text;

namespace BulkSms.TwilioSimulator;

/// <summary>Basic authentication, then the account in the path.</summary>
internal sealed class Gatekeeper(TwilioSimulatorOptions options)
{
    private string Account => Credentials(options.AccountSid, options.AuthToken);

    private readonly string? _apiKey = options.ApiKeySid is { } sid ? Credentials(sid, options.ApiKeySecret ?? "") : null;

    public bool Knows(HttpRequest request) => AccountOf(request) is not null;

    /// <summary>The account whose credentials a request has; null: it has none.</summary>
    public string? AccountOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header == Account || (_apiKey is not null && header == _apiKey)
            ? options.AccountSid
            : options.OtherAccounts.FirstOrDefault(other => header == Credentials(other.AccountSid, other.AuthToken))?.AccountSid;
    }

    public TwilioReply? Refuse(HttpContext context)
    {
        if (AccountOf(context.Request) is not { } account)
        {
            return TwilioReply.Error(20003);
        }

        return context.GetRouteValue("account") as string == account ? null : TwilioReply.Error(20404);
    }

    /// <summary>The same for the service in the path of the messaging API.</summary>
    public TwilioReply? RefuseService(HttpContext context) => AccountOf(context.Request) is not { } account ? TwilioReply.Error(20003)
        : options.KnowsService(context.GetRouteValue("service") as string ?? "", account) ? null
        : TwilioReply.Error(20404);

    private static string Credentials(string user, string password) =>
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";
}
