using System.Globalization;
using System.Reflection;
using BulkSms.LocalHost;
using Microsoft.Extensions.Logging;

namespace BulkSms.Tests.Telemetry;

/// <summary>The ids of log messages are a contract: alerts and the runbook name them.</summary>
public sealed class LogEventTests
{
    private static readonly string Document = Path.Combine(Repository.Root, "docs", "log-events.md");

    private static IReadOnlyList<(LoggerMessageAttribute Message, string Name)> Messages { get; } =
    [
        .. from type in typeof(ApiJson).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           orderby message.EventId
           select (message, $"{type.DeclaringType?.Name}.{method.Name}"),
    ];

    [Fact]
    public void EventIds_All_AreGivenAndUnique()
    {
        Assert.NotEmpty(Messages);
        Assert.DoesNotContain(Messages, each => each.Message.EventId <= 0);
        Assert.Empty(Messages.GroupBy(each => each.Message.EventId).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void Document_LogEvents_ListsEachWithItsLevelAndName()
    {
        var rows = Messages.Select(each => string.Create(CultureInfo.InvariantCulture, $"| {each.Message.EventId} | {each.Message.Level} | {each.Name} |"));
        var written = File.ReadAllLines(Document).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2]))
            .Select(line => string.Join('|', line.Split('|')[..4]) + "|");
        Assert.Equal(string.Join('\n', rows), string.Join('\n', written));
    }
}
