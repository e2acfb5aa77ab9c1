using BulkSms.LocalHost;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.LocalHost;

/// <summary>Log lines at a terminal.</summary>
public sealed class TerminalFormatterTests
{
    [Theory]
    [InlineData(LogLevel.Information, "Sent", "09:05:07 Sent")]
    [InlineData(LogLevel.Warning, "Storage is away", "09:05:07 warning Storage is away")]
    [InlineData(LogLevel.Error, "It failed", "09:05:07 ERROR It failed")]
    [InlineData(LogLevel.Information, "a\u001b[2Jb\nc", "09:05:07 a [2Jb c")]
    public void Write_OneEvent_IsOneLineForPeople(LogLevel level, string message, string expected)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 8, 5, 7, TimeSpan.Zero));
        time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("here", TimeSpan.FromHours(1), "here", "here"));
        using var written = new StringWriter();

        new TerminalFormatter(time).Write(new LogEntry<string>(level, "BulkSms.Sending.SendSms", 7, message, null, (state, _) => state), null, written);

        Assert.Equal(expected, written.ToString().TrimEnd());
    }
}
