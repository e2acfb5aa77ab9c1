using BulkSms.LocalHost;
using BulkSms.Sending;

namespace BulkSms.Tests.Contracts;

public sealed class TwilioRestSenderTests : SmsSenderContract
{
    protected override ISmsSender Create(IHttpClientFactory clients) => new TwilioRestSender(clients);
}
