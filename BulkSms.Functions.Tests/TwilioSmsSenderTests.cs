using BulkSms.Sending;
using BulkSms.Tests.Contracts;

namespace BulkSms.Functions.Tests;

public sealed class TwilioSmsSenderTests : SmsSenderContract
{
    protected override ISmsSender Create(IHttpClientFactory clients) => new TwilioSmsSender(clients);
}
