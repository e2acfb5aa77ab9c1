using BulkSms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace BulkSms.Security;

/// <summary>
/// The routes that stop something, and the one that says whether all is well. Requests to each are counted by themselves: no traffic may use up what an operator
/// needs in an emergency.
/// </summary>
internal static class StopRoutes
{
    private static readonly (string Method, string Route, TemplateMatcher Matcher)[] All =
    [
        New(HttpMethods.Post, Routes.SuspendSending),
        New(HttpMethods.Post, Routes.PauseBroadcast),
        New(HttpMethods.Post, Routes.CancelBroadcast),
        New(HttpMethods.Post, Routes.OptOuts),
        New(HttpMethods.Get, Routes.Ready),
    ];

    /// <summary>The route, if it is one of these.</summary>
    public static string? Of(HttpRequest request) => All.FirstOrDefault(each =>
        each.Method.Equals(request.Method, StringComparison.OrdinalIgnoreCase) && each.Matcher.TryMatch(request.Path, [])).Route;

    private static (string, string, TemplateMatcher) New(string method, string route) =>
        (method, route, new TemplateMatcher(TemplateParser.Parse($"{Routes.Prefix}/{route}"), new RouteValueDictionary()));
}
