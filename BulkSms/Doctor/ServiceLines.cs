using System.Globalization;
using System.Net;
using BulkSms.OptOuts;
using BulkSms.StatusCallbacks;
using BulkSms.Twilio.Account;

namespace BulkSms.Doctor;

/// <summary>How the Messaging Service is set, beside what docs/deployment.md says that must be set there.</summary>
internal static class ServiceLines
{
    private static readonly TimeSpan LongestValidity = TimeSpan.FromHours(10);

    public static IEnumerable<DoctorLine> Of(DoctorFacts facts)
    {
        Finding Judge(Func<ServiceFact, Finding> judge) => Finding.Of(facts.Service, judge);
        return
        [
            Judge(service => InboundWebhook(service, facts.Own)).Line("inboundWebhook", "Through it you learn who says STOP: without it an opt-out in free wording is known minutes later, or never."),
            Judge(service => InboundRetries(service, facts.Own)).Line("inboundRetries", "Without them Twilio does not repeat a text that could not be taken, and a STOP that comes during an outage waits to be read from Twilio's list."),
            Judge(service => Fallback(service, facts.Own)).Line("fallbackUrl", "Twilio calls it for texts that the inbound webhook did not take."),
            ClickCallback(facts).Line("clickCallback", "Through it you learn who follows a short link: without it no click is counted."),
            Judge(SmartEncoding).Line("smartEncoding", "It changes characters of a text after the preview has shown them. BulkSms asks for it to be off with each message."),
            Judge(ValidityPeriod).Line("validityPeriod", "A message that waits longer than that at Twilio is not sent (30036)."),
            Judge(service => StickySender(service, facts.Senders)).Line("stickySender", "With several senders a person would get texts from different numbers, and answer to any of them."),
        ];
    }

    private static Finding InboundWebhook(ServiceFact service, OwnSettings own)
    {
        if (own.PublicBaseUrl is not { } root)
        {
            return Finding.Warning("This app has no public address, so none can be compared.", "Set Webhooks__PublicBaseUrl to the address at which Twilio reaches this app.");
        }

        var expected = OptOutWebhook.UrlAt(root);
        var set = $"Set it to {expected}";
        return service switch
        {
            { UsesWebhookOfNumber: true } => Finding.Failure("The Messaging Service leaves it to each sender's own webhook.", $"{set}, and choose \"Send a webhook\" in the Messaging Service's integration."),
            { InboundUrl: null } => Finding.Failure("None is set.", $"{set}."),
            { InboundUrl: var url } when !WebhookAddress.IsSame(url, expected) => Finding.Failure($"It is {WebhookAddress.Shown(url, root)}, which is not this app's.", $"{set}."),
            { InboundMethod: not "POST" } => Finding.Failure("It is called by GET.", "Set its method to POST."),
            _ => Finding.Ok("It is this app's."),
        };
    }

    private static Finding InboundRetries(ServiceFact service, OwnSettings own)
    {
        var set = own.PublicBaseUrl is { } root ? $"Set the inbound webhook to {OptOutWebhook.UrlAt(root)}, with what stands behind #." : "Let the inbound webhook end in what docs/deployment.md shows behind #.";
        return service.InboundUrl is not { } url ? Finding.Warning("There is no inbound webhook.", set)
            : WebhookAddress.HasOurRetries(url) ? Finding.Ok("They are asked for, whatever the reason.")
            : url.Contains('#', StringComparison.Ordinal) ? Finding.Warning("Others are asked for than this app needs.", set)
            : Finding.Warning("None are asked for.", set);
    }

    private static Finding Fallback(ServiceFact service, OwnSettings own) => service.FallbackUrl switch
    {
        null when own.ReadsInbound => Finding.Ok("None is set. What the webhook did not take is read from Twilio's list."),
        null => Finding.Warning("None is set, and Twilio's list is not read (OptOuts__ReadInboundEvery).", "Let Twilio's list be read: remove the setting OptOuts__ReadInboundEvery."),
        var url when own.PublicBaseUrl is { } root && WebhookAddress.IsSame(url, OptOutWebhook.UrlAt(root)) => Finding.Ok("It is this app's."),
        var url => Finding.Warning(
            $"It is {WebhookAddress.Shown(url, own.PublicBaseUrl)}, which is not this app's.", "Remove it, or set it to the inbound webhook's address: another system would be told of a STOP as well."),
    };

    // Short links are the sender's choice, broadcast by broadcast: without a domain nothing is wrong.
    private static Finding ClickCallback(DoctorFacts facts)
    {
        var none = Finding.Ok("There is no link shortening domain: broadcasts cannot have short links.");
        return facts.Links.Status == (int)HttpStatusCode.NotFound && facts.Service.IsKnown ? none
            : Finding.Of(facts.Links, links => links.HasDomain ? ClickCallback(links.CallbackUrl, facts.Own) : none);
    }

    private static Finding ClickCallback(string? url, OwnSettings own)
    {
        if (own.PublicBaseUrl is not { } root)
        {
            return Finding.Warning("This app has no public address, so none can be compared.", "Set Webhooks__PublicBaseUrl to the address at which Twilio reaches this app.");
        }

        var expected = ClickEndpoint.UrlAt(root);
        var set = $"Set the callback of the link shortening domain to {expected}, in Twilio's console.";
        return url is null ? Finding.Warning("The link shortening domain has none.", set)
            : !WebhookAddress.IsSame(url, expected) ? Finding.Warning($"It is {WebhookAddress.Shown(url, root)}, which is not this app's.", set)
            : !WebhookAddress.HasOurRetries(url) ? Finding.Warning("It is this app's, without the repeats that this app needs.", set)
            : Finding.Ok("It is this app's.");
    }

    private static Finding SmartEncoding(ServiceFact service) => service.SmartEncoding
        ? Finding.Warning("It is on.", "Switch it off in the Messaging Service's content settings. BulkSms has its own, which the preview shows.")
        : Finding.Ok("It is off.");

    private static Finding ValidityPeriod(ServiceFact service) => service.ValidityPeriod >= LongestValidity
        ? Finding.Ok("It is the longest, 10 hours.")
        : Finding.Warning(
            string.Create(CultureInfo.InvariantCulture, $"It is {service.ValidityPeriod.TotalSeconds:0} seconds."), "Set it to 36000 seconds. A broadcast that must not come late has expiresAt.");

    private static Finding StickySender(ServiceFact service, Asked<IReadOnlyList<SenderFact>> senders) => service.StickySender ? Finding.Ok("It is on.")
        : senders.Value is { Count: <= 1 } ? Finding.Ok("It is off; there is one sender.")
        : Finding.Warning("It is off.", "Switch it on in the Messaging Service's sender pool.");
}
