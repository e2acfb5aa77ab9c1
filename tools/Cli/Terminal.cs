using System.Globalization;
using Spectre.Console;

namespace BulkSms.Cli;

/// <summary>What the command reads and writes. Results go to standard output; questions, progress and errors go to standard error, so that results can be piped.</summary>
/// <param name="output">Results for people.</param>
/// <param name="notes">Questions, progress, errors.</param>
/// <param name="raw">Results for scripts, and files.</param>
/// <param name="input">Where a key or a list may be piped in.</param>
/// <param name="canAsk">Whether a person can be asked.</param>
internal sealed class Terminal(IAnsiConsole output, IAnsiConsole notes, Stream raw, Stream input, bool canAsk)
{
    private const int WideEnough = 240;

    public IAnsiConsole Output => output;

    public IAnsiConsole Notes => notes;

    public Stream Raw => raw;

    public Stream Input => input;

    public bool CanAsk => canAsk;

    public static Terminal Real()
    {
        var output = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        var notes = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        output.Profile.Width = Console.IsOutputRedirected ? WideEnough : output.Profile.Width;
        notes.Profile.Width = Console.IsErrorRedirected ? WideEnough : notes.Profile.Width;
        return new(output, notes, Console.OpenStandardOutput(), Console.OpenStandardInput(), !Console.IsInputRedirected && !Console.IsErrorRedirected);
    }

    /// <summary>A line of the result.</summary>
    public void Say(string text) => output.WriteLine(text);

    /// <summary>A line beside the result.</summary>
    public void Note(string text) => notes.WriteLine(text);

    /// <summary>Asks a question whose answer is no unless it is yes.</summary>
    public async Task<bool> AskAsync(string question, CancellationToken cancellation)
    {
        var answer = await new TextPrompt<string>(Markup.Escape($"{question} [y/N]")).AllowEmpty().ShowAsync(notes, cancellation);
        return answer.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    /// <summary>Asks for a secret, which is not shown; where no person can be asked, it is the first line of standard input.</summary>
    public async Task<string> ReadSecretAsync(string what, CancellationToken cancellation)
    {
        if (canAsk)
        {
            return (await new TextPrompt<string>(Markup.Escape(what)).Secret(null).AllowEmpty().ShowAsync(notes, cancellation)).Trim();
        }

        using var reader = new StreamReader(input, leaveOpen: true);
        return (await reader.ReadLineAsync(cancellation) ?? "").Trim();
    }

    public static string Number(long? number) => (number ?? 0).ToString("N0", CultureInfo.InvariantCulture);
}
