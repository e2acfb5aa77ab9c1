using BulkSms.LocalHost;
using BulkSms.Twilio;

namespace BulkSms.Tests.Contracts;

public sealed class TwilioRestSenderTests : SmsSenderContract
{
    protected override ISmsSender Create(IHttpClientFactory clients) => new TwilioRestSender(clients);
}
