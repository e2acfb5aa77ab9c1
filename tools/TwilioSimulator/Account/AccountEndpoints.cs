using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace BulkSms.TwilioSimulator;

/// <summary>What can be read of the account and its Messaging Service; nothing can be written.</summary>
internal sealed class AccountEndpoints(Simulation simulation, Gatekeeper gatekeeper, Exchange exchange)
{
    private const string UniversalTime = "yyyy-MM-ddTHH:mm:ssZ";
    private readonly AccountViews views = new(simulation.Options, simulation.Account);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(TwilioPaths.AccountRoute, context => OfAccount(context, "Account", () =>
        {
            if (simulation.Faults.ClockSkew is var skew && skew != TimeSpan.Zero)
            {
                context.Response.Headers.Date = (simulation.Options.Time.GetUtcNow() + skew).ToString("r", CultureInfo.InvariantCulture);
            }

            return views.Account(context.GetRouteValue("account") as string ?? "");
        }));
        routes.MapGet(TwilioPaths.BalanceRoute, context => OfAccount(context, "Balance", views.Balance));
        routes.MapGet(TwilioPaths.ServiceRoute, context => OfService(context, "Service", views.Service));
        routes.MapGet(TwilioPaths.LinksRoute, LinksAsync);
        routes.MapGet(TwilioPaths.PhoneNumbersRoute, context => OfService(context, "PhoneNumbers", views.PhoneNumbers));
        routes.MapGet(TwilioPaths.ShortCodesRoute, context => OfService(context, "ShortCodes", views.ShortCodes));
        routes.MapGet(TwilioPaths.AlphaSendersRoute, context => OfService(context, "AlphaSenders", views.AlphaSenders));
        routes.MapGet(TwilioPaths.CampaignsRoute, context => OfService(context, "Usa2p", views.Campaigns));
        routes.MapGet(TwilioPaths.BrandsRoute, context => Known(context, "BrandRegistrations", views.Brands));
        routes.MapGet(TwilioPaths.TollFreeRoute, context => Known(context, "TollfreeVerifications", () => views.TollFree(context.Request.Query["TollfreePhoneNumberSid"].ToString())));
        routes.MapGet(TwilioPaths.GeoPermissionsRoute, context => Known(context, "GeoPermissions", () => views.GeoPermissions(context.Request.Query["CountryCode"].ToString())));
        routes.MapGet(TwilioPaths.PricesRoute, PricesAsync);
        routes.MapGet(TwilioPaths.AlertsRoute, context => Known(context, "Alerts", () => views.Alerts(Since(context))));
    }

    private Task LinksAsync(HttpContext context) =>
        AnswerAsync(context, "LinkShortening", gatekeeper.RefuseService(context) ?? (simulation.Account.LinkShortening is null ? TwilioReply.Error(20404) : null), views.Links);

    private Task PricesAsync(HttpContext context)
    {
        var country = context.Request.RouteValues["country"]?.ToString() ?? "";
        var refusal = !gatekeeper.Knows(context.Request) ? TwilioReply.Error(20003) : AccountSetUp.Countries.ContainsKey(country) ? null : TwilioReply.Error(20404);
        return AnswerAsync(context, "Pricing", refusal, () => views.Prices(country));
    }

    private Task OfAccount(HttpContext context, string kind, Func<JsonObject> view) => AnswerAsync(context, kind, gatekeeper.Refuse(context), view);

    private Task OfService(HttpContext context, string kind, Func<JsonObject> view) => AnswerAsync(context, kind, gatekeeper.RefuseService(context), view);

    private Task Known(HttpContext context, string kind, Func<JsonObject> view) => AnswerAsync(context, kind, gatekeeper.Knows(context.Request) ? null : TwilioReply.Error(20003), view);

    private Task AnswerAsync(HttpContext context, string kind, TwilioReply? refusal, Func<JsonObject> view) => exchange.RunAsync(
        context,
        simulation.Faults.Outage ?? simulation.Account.Faults.GetValueOrDefault(kind),
        () => Task.FromResult(refusal ?? new TwilioReply(200, Encoding.UTF8.GetBytes(view().ToJsonString()))));

    private static DateTimeOffset Since(HttpContext context) => DateTimeOffset.TryParseExact(
        context.Request.Query["StartDate"].ToString(), UniversalTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) ? since : DateTimeOffset.MinValue;
}
