using System.Globalization;

namespace BulkSms.LocalHost;

/// <summary>The command line.</summary>
/// <param name="Demo">Run the demonstration and end; else serve.</param>
/// <param name="Port">Where to serve. Default 7071, as the Functions host.</param>
public sealed record Arguments(bool Demo = false, int Port = 7071)
{
    /// <exception cref="SetupException">An argument is not known.</exception>
    public static Arguments Parse(ReadOnlySpan<string> args)
    {
        var arguments = new Arguments();
        for (var i = 0; i < args.Length; i++)
        {
            arguments = args[i] switch
            {
                "demo" => arguments with { Demo = true },
                "--port" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535 =>
                    arguments with { Port = port },
                _ => throw new SetupException($"'{args[i]}' is not understood. Usage: dotnet run --project tools/LocalHost [-- demo] [-- --port 7071]"),
            };
            i += args[i] == "--port" ? 1 : 0;
        }

        return arguments;
    }
}
