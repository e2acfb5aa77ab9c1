using System.Globalization;
using BulkSms.LocalHost;

namespace BulkSms.Chaos;

/// <summary>The command line.</summary>
/// <param name="Runs">How many runs. Default 5.</param>
/// <param name="Recipients">Recipients a broadcast. Default 40.</param>
/// <param name="Seed">Seed of the first run; each further run counts one up. A run is replayed by its seed, as far as the machine's timing allows.</param>
/// <param name="Seconds">How long faults are made in a run. Default 12 s.</param>
/// <param name="Parallel">Runs at once, each with hosts of its own. Default 1.</param>
/// <param name="InMemory">Whether the storage behind the faults is BulkSms's own, in memory, rather than Azurite: many runs cost a part of the time. Default false.</param>
/// <param name="ErasesPersons">Whether some persons are erased meanwhile. Default true.</param>
/// <param name="TriesFirstPart">Whether one broadcast goes to a first part alone (<c>canary</c>), which may take a minute. Default true.</param>
/// <param name="Old">The program of one of the two hosts: a LocalHost of another build. Null, the default: both are of this one.</param>
public sealed record ChaosOptions(int Runs = 5, int Recipients = 40, int Seed = 1, int Seconds = 12, int Parallel = 1, bool InMemory = false, bool ErasesPersons = true, bool TriesFirstPart = true, string? Old = null)
{
    /// <summary>What the command line takes, and what a run does.</summary>
    public const string Usage = """
        Usage: dotnet run --configuration Release --project tools/Chaos -- [--runs N] [--recipients M] [--seed S] [--seconds T] [--parallel P] [--storage azurite|memory] [--erase 0] [--canary 0] [--old PATH]

        Each run starts two hosts on one storage, makes faults for some seconds, waits until nothing moves, and checks what must be true. Its seed draws:
          hosts    killed at random, at named points or over one message; frozen past their claims; told to stop
          storage  calls delayed, cut or answered 503, before or after they are applied; away as a whole while a STOP comes, which Twilio does not repeat
          queues   messages doubled, deleted, cleared, worn out
          Twilio   calls refused, held, dropped, cut before or after they are processed; lists that lag; callbacks lost, late, repeated, reordered; an outage longer
                   than all back-off (refused connections, cut connections or 20503)
          people   approve, reject or leave broadcasts that need it, at once and after a while; pause, resume, suspend, cancel, replay, say STOP, say START and then STOP while the old START is sent again; ask to be erased (not with --erase 0);
                   resume a broadcast that has paused itself after its first part (not with --canary 0)
          accounts one Twilio account for both hosts, or one for each
          builds   with --old, a folder to which the LocalHost of another build was published, one of the hosts is of that build: the second in even seeds, the first in odd ones
        The result is 0 when no run breaks an invariant, else 1.
        """;

    /// <exception cref="ArgumentException">An argument is not known.</exception>
    public static ChaosOptions Parse(IReadOnlyList<string> args)
    {
        var options = new ChaosOptions();
        for (var i = 0; i < args.Count; i += 2)
        {
            var number = i + 1 < args.Count && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
            options = (args[i], number) switch
            {
                ("--storage", _) when i + 1 < args.Count && args[i + 1] is "azurite" or "memory" => options with { InMemory = args[i + 1] == "memory" },
                ("--old", _) when i + 1 < args.Count && ProgramIn(args[i + 1]) is var program => options with
                {
                    Old = File.Exists(program) ? program : throw new ArgumentException($"There is no {program}: publish tools/LocalHost of the other build to that folder.", nameof(args)),
                },
                ("--runs", > 0) => options with { Runs = number },
                ("--erase", 0 or 1) => options with { ErasesPersons = number == 1 },
                ("--canary", 0 or 1) => options with { TriesFirstPart = number == 1 },
                ("--recipients", > 0 and <= 1000) => options with { Recipients = number },
                ("--seed", >= 0) => options with { Seed = number },
                ("--seconds", > 0) => options with { Seconds = number },
                ("--parallel", > 0) => options with { Parallel = number },
                _ => throw new ArgumentException($"'{args[i]}' is not understood.", nameof(args)),
            };
        }

        return options;
    }

    private static string ProgramIn(string folder) => Path.GetFullPath(Path.Combine(folder, Path.GetFileName(typeof(LocalHostApp).Assembly.Location)));
}
