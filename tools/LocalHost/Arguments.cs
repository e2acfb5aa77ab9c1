using System.Globalization;

namespace BulkSms.LocalHost;

/// <summary>The command line.</summary>
/// <param name="Demo">Run the demonstration and end; else serve.</param>
/// <param name="Help">Print the usage and end.</param>
/// <param name="Version">Print the version and end.</param>
/// <param name="Port">Where to serve. Default 7071, as the Functions host.</param>
/// <param name="Storage">Which storage of its own; null: Azurite, or memory where Node.js is missing.</param>
/// <param name="Data">Folder of Azurite's data; null: tools/azurite/data.</param>
/// <param name="Log">How to log; null: for people at a terminal, as JSON elsewhere.</param>
public sealed record Arguments(
    bool Demo = false, bool Help = false, bool Version = false, int Port = Arguments.DefaultPort, StorageKind? Storage = null, string? Data = null, LogForm? Log = null)
{
    private const int DefaultPort = 7071;

    public const string Usage = """
        Usage: dotnet run --project tools/LocalHost [-- [demo] [options]]

          demo                      sends one broadcast through a simulated Twilio, checks how each recipient ended, and ends
          --port 7071               where to serve, on 127.0.0.1
          --storage azurite|memory  which storage of its own to start; memory needs no Node.js and is gone at the end
          --data FOLDER             where Azurite keeps its data when serving; tools/azurite/data by default
          --log text|json           text for people, which a terminal gets by default; JSON, which everything else gets
          --version                 prints the version and ends

        The environment variable AzureWebJobsStorage makes it serve from another storage account.
        """;

    /// <exception cref="SetupException">An argument is not known.</exception>
    public static Arguments Parse(IEnumerable<string> args)
    {
        var arguments = new Arguments();
        using var words = args.SelectMany(Split).GetEnumerator();
        while (words.MoveNext())
        {
            arguments = words.Current switch
            {
                "demo" => arguments with { Demo = true },
                "--help" or "-h" => arguments with { Help = true },
                "--version" => arguments with { Version = true },
                "--port" => arguments with { Port = Value(words, "a number up to 65535", Port_) },
                "--storage" => arguments with { Storage = Value(words, "azurite or memory", Word<StorageKind>) },
                "--data" => arguments with { Data = Value(words, "a folder", text => text.Length > 0 ? Path.GetFullPath(text) : null) },
                "--log" => arguments with { Log = Value(words, "text or json", Word<LogForm>) },
                var other => throw new SetupException($"'{other}' is not an option.\n\n{Usage}"),
            };
        }

        return arguments is { Data: not null, Demo: true } or { Data: not null, Storage: StorageKind.Memory }
            ? throw new SetupException("--data is for serving from Azurite: the demonstration and storage in memory keep nothing.")
            : arguments;
    }

    // --name=value is --name value.
    private static string[] Split(string arg) => arg.StartsWith("--", StringComparison.Ordinal) ? arg.Split('=', 2) : [arg];

    private static T Value<T>(IEnumerator<string> words, string what, Func<string, T?> read)
        where T : struct
    {
        var name = words.Current;
        return words.MoveNext() && read(words.Current) is { } value ? value : throw Missing(name, what);
    }

    private static string Value(IEnumerator<string> words, string what, Func<string, string?> read)
    {
        var name = words.Current;
        return words.MoveNext() && read(words.Current) is { } value ? value : throw Missing(name, what);
    }

    private static SetupException Missing(string name, string what) => new($"{name} takes {what}.\n\n{Usage}");

    private static int? Port_(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue ? port : null;

    private static T? Word<T>(string text)
        where T : struct, Enum => text.All(char.IsAsciiLetter) && Enum.TryParse<T>(text, ignoreCase: true, out var word) ? word : null;
}

/// <summary>Which storage of its own LocalHost starts.</summary>
public enum StorageKind
{
    /// <summary>An Azurite process, on free ports.</summary>
    Azurite,

    /// <summary>This process's memory.</summary>
    Memory,
}

/// <summary>How log lines are written.</summary>
public enum LogForm
{
    /// <summary>For people: the time, the level where it matters, the message.</summary>
    Text,

    /// <summary>For programs: one JSON object a line.</summary>
    Json,
}
