using System.Text.Json;

namespace BulkSms.TwilioSimulator;

/// <summary><c>GET /v1/Services/{Sid}/PhoneNumbers</c> and <c>ShortCodes</c>: one number, no short code.</summary>
internal sealed class ListSenders(TwilioSimulatorOptions options, Gatekeeper gatekeeper, Exchange exchange)
{
    public Task HandleAsync(HttpContext context) =>
        exchange.WriteAsync(context, gatekeeper.RefuseService(context) ?? List(context.GetRouteValue("kind") as string == "ShortCodes"), call: null);

    private TwilioReply List(bool shortCodes)
    {
        var number = JsonEncodedText.Encode(options.SenderNumber);
        return new(200, System.Text.Encoding.UTF8.GetBytes(shortCodes
            ? """{"short_codes": [], "meta": {"next_page_url": null}}"""
            : $$$"""{"phone_numbers": [{"phone_number": "{{{number}}}"}], "meta": {"next_page_url": null}}"""));
    }
}
