using System.Globalization;
using BulkSms.Benchmarks.Server;
using BulkSms.LocalHost;

namespace BulkSms.Benchmarks;

/// <summary>The command line.</summary>
/// <param name="What">Which benchmark, or <c>all</c>.</param>
/// <param name="Azurite">Whether storage is Azurite. Default false: in memory.</param>
/// <param name="StorageLatency">How long a call to the storage in memory takes. Default 5 ms.</param>
/// <param name="TwilioLatency">How long a call to the simulated Twilio takes. Default 100 ms.</param>
/// <param name="Seconds">How long a load lasts that has no end of its own. Default 10.</param>
/// <param name="Messages">Messages of a run that sends. Default 30,000.</param>
internal sealed record BenchmarkOptions(string What, bool Azurite, TimeSpan StorageLatency, TimeSpan TwilioLatency, int Seconds, int Messages)
{
    /// <summary>Recipients of the one upload of <c>million</c>.</summary>
    public int Recipients { get; init; } = 1_000_000;

    /// <summary>The folder of a published Functions app; null: <c>worker</c>, <c>inflight</c> and <c>startup</c> publish it.</summary>
    public string? App { get; init; }

    /// <summary>The folder of a peer or of another Functions app; null: none is asked for.</summary>
    public string? Folder { get; init; }

    /// <summary>Where storage is: in the server's memory, and once more over a socket, so that what the transport costs is seen; or in Azurite.</summary>
    public IReadOnlyList<StoragePlace> Places => Azurite ? [StoragePlace.Azurite] : [StoragePlace.Server, StoragePlace.LoadGenerator];

    /// <summary>The benchmark that measures BulkSms beside another service.</summary>
    public const string Peers = "peers";

    /// <summary>The benchmark that measures it beside another Functions app.</summary>
    public const string Apps = "apps";

    public const string Help =
        "Usage: dotnet run -c Release --project tools/Benchmarks -- <accept|fanout|send|callbacks|csv|segments|all|recipients|finished|instances|limits|erase|pool|priority|million|worker|inflight|startup|micro|peers FOLDER|apps FOLDER>" +
        " [--azurite] [--storage-ms 5] [--twilio-ms 100] [--seconds 10] [--messages 30000] [--recipients 1000000] [--app FOLDER]";

    /// <exception cref="SetupException">An argument is not known.</exception>
    public static BenchmarkOptions Parse(ReadOnlySpan<string> args)
    {
        if (args.Length == 0)
        {
            throw new SetupException(Help);
        }

        var options = new BenchmarkOptions(args[0], false, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(100), 10, 30_000);
        var first = 1;
        if (options.What is Peers or Apps)
        {
            options = options with { Folder = args.Length > 1 ? args[1] : throw new SetupException(Help) };
            first = 2;
        }

        for (var i = first; i < args.Length; i++)
        {
            if (args[i] == "--azurite")
            {
                options = options with { Azurite = true };
                continue;
            }

            if (args[i] == "--app" && i + 1 < args.Length)
            {
                options = options with { App = args[++i] };
                continue;
            }

            var value = i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new SetupException(Help);
            options = args[i++] switch
            {
                "--storage-ms" => options with { StorageLatency = TimeSpan.FromMilliseconds(value) },
                "--twilio-ms" => options with { TwilioLatency = TimeSpan.FromMilliseconds(value) },
                "--seconds" => options with { Seconds = value },
                "--messages" => options with { Messages = value },
                "--recipients" => options with { Recipients = value },
                _ => throw new SetupException(Help),
            };
        }

        return options;
    }
}
