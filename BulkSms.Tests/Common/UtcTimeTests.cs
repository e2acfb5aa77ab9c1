using System.Text.Json;
using BulkSms.Common;
using BulkSms.OptOuts;

namespace BulkSms.Tests.Common;

public sealed class UtcTimeTests
{
    [Theory]
    [InlineData("2026-03-10T12:00:00+01:00", "2026-03-10T11:00:00.000Z")]
    [InlineData("2026-03-10T12:00:00.1239999Z", "2026-03-10T12:00:00.123Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999Z")]
    public void Write_AnyTime_IsUtcWithMilliseconds(string time, string written)
    {
        Assert.Equal(written, UtcTime.Write(DateTimeOffset.Parse(time, null)));

        var json = JsonSerializer.Serialize(new OptOut("+15551230001", DateTimeOffset.Parse(time, null), OptOutSource.Api), ApiJson.Default.OptOut);
        Assert.Equal(written, (string?)JsonElement.Parse(json).GetProperty("since").GetString());
        Assert.Equal(DateTimeOffset.Parse(written, null), JsonSerializer.Deserialize(json, ApiJson.Default.OptOut)!.Since);
    }
}
