using System.Text;
using System.Text.Json;

namespace BulkSms.TwilioSimulator;

/// <summary><c>GET /v1/Services/{Sid}/PhoneNumbers</c> and <c>ShortCodes</c>: one number, no short code.</summary>
internal sealed class ListSenders(TwilioSimulatorOptions options, Faults faults, Gatekeeper gatekeeper, Exchange exchange)
{
    public Task PhoneNumbersAsync(HttpContext context) =>
        AnswerAsync(context, $$$"""{"phone_numbers": [{"phone_number": "{{{JsonEncodedText.Encode(options.SenderNumber)}}}"}], "meta": {"next_page_url": null}}""");

    public Task ShortCodesAsync(HttpContext context) => AnswerAsync(context, """{"short_codes": [], "meta": {"next_page_url": null}}""");

    private Task AnswerAsync(HttpContext context, string json) =>
        exchange.RunAsync(context, faults.Outage, () => Task.FromResult(gatekeeper.RefuseService(context) ?? new TwilioReply(200, Encoding.UTF8.GetBytes(json))));
}
