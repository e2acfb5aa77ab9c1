using System.Diagnostics;
using BulkSms.Telemetry;

namespace BulkSms.Tests.Telemetry;

public sealed class HidePhoneNumbersTests
{
    [Theory]
    [InlineData("/api/v1/optouts/+15551234567", "/api/v1/optouts/{phone}")]
    [InlineData("/api/v1/optouts/%2B15551234567", "/api/v1/optouts/{phone}")]
    [InlineData("/api/v1/optouts/%2b15551234567?x=1", "/api/v1/optouts/{phone}?x=1")]
    [InlineData("/api/v1/optouts/%2B1%20555%20123%204567", "/api/v1/optouts/{phone}")]
    [InlineData("/api/v1/optouts/+1 (555) 123-4567?x=1", "/api/v1/optouts/{phone}?x=1")]
    [InlineData("/api/v1/optouts/15551234567", "/api/v1/optouts/{phone}")]
    [InlineData("/api/v1/optouts/sender:15551", "/api/v1/optouts/{phone}")]
    [InlineData("/api/v1/optouts/sender%3A15551", "/api/v1/optouts/{phone}")]
    [InlineData("/OptOuts(PartitionKey='optouts',RowKey='%2B~MTU1NTE')", "/OptOuts(PartitionKey='optouts',RowKey='{phone}')")]
    [InlineData("/api/v1/optouts/export", "/api/v1/optouts/export")]
    [InlineData("/api/v1/optouts?limit=5", "/api/v1/optouts?limit=5")]
    [InlineData("https://api.twilio.com/Messages.json?To=%2B15551234567&PageSize=50", "https://api.twilio.com/Messages.json?To={phone}&PageSize=50")]
    [InlineData("/api/v1/broadcasts/fe5df61cffb656663d76181f7798", "/api/v1/broadcasts/fe5df61cffb656663d76181f7798")]
    public void OnEnd_Addresses_ShowNoNumber(string address, string shown)
    {
        using var processor = new HidePhoneNumbers();
        using var span = new Activity("request").SetTag("url.path", address).SetTag("http.response.status_code", 200);

        processor.OnEnd(span);

        Assert.Equal(shown, span.GetTagItem("url.path"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
    }

    // As when the process stands still while it reads: the call whose span ends here must not fail by it.
    [Fact]
    public void OnEnd_AddressThatTakesTooLong_IsHiddenWhole()
    {
        using var processor = new HidePhoneNumbers();
        using var span = new Activity("request").SetTag("url.path", string.Concat(Enumerable.Repeat("+123456", 8_000_000)));

        processor.OnEnd(span);

        Assert.Equal("{hidden}", span.GetTagItem("url.path"));
    }
}
