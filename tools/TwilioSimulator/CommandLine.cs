using System.Globalization;

namespace BulkSms.TwilioSimulator;

/// <summary>The few switches of the stand-alone simulator.</summary>
internal sealed record CommandLine(int Port, int LatencyMs, int RateLimit)
{
    public const string Usage = "Usage: --port <0-65535> [--latency-ms <ms>] [--rate-limit <calls a second>]";

    /// <summary>Null if something is not understood.</summary>
    public static CommandLine? Parse(string[] args)
    {
        var line = new CommandLine(Port: 0, LatencyMs: 0, RateLimit: 0);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return null;
            }

            switch (args[i])
            {
                case "--port" when value <= ushort.MaxValue:
                    line = line with { Port = value };
                    break;
                case "--latency-ms":
                    line = line with { LatencyMs = value };
                    break;
                case "--rate-limit":
                    line = line with { RateLimit = value };
                    break;
                default:
                    return null;
            }
        }

        return line;
    }
}
