using BulkSms.Http;
using BulkSms.OptOuts;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Security;

/// <summary>What a caller's token must say for each route. One rule for both hosts, so that a new route is never open by oversight.</summary>
public static class CallerRoles
{
    /// <summary>May send: broadcasts and their previews.</summary>
    public const string Send = "Broadcast.Send";

    /// <summary>May look at everything, numbers included.</summary>
    public const string Read = "Broadcast.Read";

    /// <summary>May pause, cancel, suspend, replay and erase, and change the opt-outs.</summary>
    public const string Manage = "Broadcast.Manage";

    private const string Root = "/" + Routes.Prefix + "/";
    private static readonly string[] Open = [Root + Routes.Live, Root + Routes.StatusWebhook, Root + Routes.OptOutWebhook];
    private static readonly string[] Sends = [Root + Routes.Broadcasts, Root + Routes.PreviewBroadcast];
    private static readonly string[] Reads = [Root + Routes.LookUpOptOut];

    /// <summary>The role that a request needs; null: none, and no token either. Whatever is not known to need less needs <see cref="Manage"/>.</summary>
    public static string? For(HttpRequest request)
    {
        var path = request.Path.Value?.TrimEnd('/') ?? "";
        return Is(Open, path) ? null // Twilio's signature, or a probe
            : HttpMethods.IsGet(request.Method) ? Read
            : HttpMethods.IsPost(request.Method) && Is(Sends, path) ? Send
            : HttpMethods.IsPost(request.Method) && Is(Reads, path) ? Read
            : Manage;
    }

    private static bool Is(string[] paths, string path) => Array.Exists(paths, each => path.Equals(each, StringComparison.OrdinalIgnoreCase));
}
