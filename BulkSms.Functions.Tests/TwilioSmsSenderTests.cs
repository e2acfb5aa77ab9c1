using BulkSms.Tests.Contracts;
using BulkSms.Twilio;

namespace BulkSms.Functions.Tests;

public sealed class TwilioSmsSenderTests : SmsSenderContract
{
    protected override ISmsSender Create(IHttpClientFactory clients) => new TwilioSmsSender(clients);
}
