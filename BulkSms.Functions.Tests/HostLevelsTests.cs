using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace BulkSms.Functions.Tests;

public sealed class HostLevelsTests
{
    [Theory]
    [InlineData("BulkSms.Sending.SendSms", LogLevel.Warning, true)]
    [InlineData("BulkSms.Sending.SendSms", LogLevel.Information, false)] // outside of a function: the default
    [InlineData("BulkSms.Events.DeliverEvent", LogLevel.Information, true)]
    public void Keeps_OutsideOfAFunction_GoesByTheLongestName(string category, LogLevel level, bool kept)
    {
        var levels = new HostLevels(new ConfigurationBuilder().AddInMemoryCollection(
            [new("logging:logLevel:default", "Warning"), new("logging:logLevel:BulkSms.Events", "Information")]).Build());

        Assert.Equal(kept, levels.Keeps(category, level));
    }

    [Fact]
    public void KeepsHere_OutsideOfAFunction_KeepsAll() =>
        Assert.True(new HostLevels(new ConfigurationBuilder().AddInMemoryCollection([new("logging:logLevel:default", "Warning")]).Build()).KeepsHere(LogLevel.Information));
}
