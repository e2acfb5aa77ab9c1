using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace BulkSms.LocalHost;

/// <summary>Log lines for people: the time here, a word where something is wrong, the message. Categories and ids are in the JSON.</summary>
public sealed class TerminalFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "terminal";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetLocalNow().ToString("HH:mm:ss ", CultureInfo.InvariantCulture));
        textWriter.Write(Word(logEntry.LogLevel));
        textWriter.WriteLine(OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(exception);
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "CRITICAL ",
        LogLevel.Error => "ERROR ",
        LogLevel.Warning => "warning ",
        _ => "",
    };

    // What came from outside must not move the cursor or look like a line of its own.
    private static string OneLine(string message) =>
        message.Any(char.IsControl) ? message.Aggregate(new StringBuilder(), (line, c) => line.Append(char.IsControl(c) ? ' ' : c)).ToString() : message;
}
