using BulkSms.Twilio;

namespace BulkSms.Tests.Contracts;

public sealed class TwilioSmsSenderTests : SmsSenderContract
{
    protected override ISmsSender Create(IHttpClientFactory clients) => new TwilioSmsSender(clients);
}
