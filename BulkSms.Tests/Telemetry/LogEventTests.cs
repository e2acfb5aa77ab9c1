using System.Globalization;
using System.Reflection;
using BulkSms.Tests.Documents;
using Microsoft.Extensions.Logging;

namespace BulkSms.Tests.Telemetry;

/// <summary>The ids of log messages are a contract: alerts and docs/operations.md name them.</summary>
public sealed class LogEventTests
{
    private const string Document = "docs/log-events.md";
    private const string Head = "| id | level | name | text |\n|---|---|---|---|\n";

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
    public void Document_LogEvents_SaysWhatIsLogged()
    {
        var text = DocumentFiles.Read(Document);
        var table = text.IndexOf(Head, StringComparison.Ordinal) + Head.Length;
        var rows = string.Concat(Messages.Select(each => string.Create(
            CultureInfo.InvariantCulture, $"| {each.Message.EventId} | {each.Message.Level} | {each.Name} | {Cell(each.Message.Message)} |\n")));
        if (DocumentFiles.Writes)
        {
            File.WriteAllText(DocumentFiles.PathOf(Document), text[..table] + rows);
        }
        else
        {
            Assert.Equal(rows, text[table..]);
        }
    }

    private static string Cell(string message) => message.Replace("\n", "\\n", StringComparison.Ordinal).Replace('|', '/');
}
