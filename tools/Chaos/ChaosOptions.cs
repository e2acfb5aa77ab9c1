using System.Globalization;

namespace BulkSms.Chaos;

/// <summary>The command line.</summary>
/// <param name="Runs">How many runs. Default 5.</param>
/// <param name="Recipients">Recipients a broadcast. Default 40.</param>
/// <param name="Seed">Seed of the first run; each further run counts one up. A run is replayed by its seed, as far as the machine's timing allows.</param>
/// <param name="Seconds">How long faults are made in a run. Default 12 s.</param>
/// <param name="Parallel">Runs at once, each with hosts of its own. Default 1.</param>
public sealed record ChaosOptions(int Runs = 5, int Recipients = 40, int Seed = 1, int Seconds = 12, int Parallel = 1)
{
    /// <exception cref="ArgumentException">An argument is not known.</exception>
    public static ChaosOptions Parse(IReadOnlyList<string> args)
    {
        var options = new ChaosOptions();
        for (var i = 0; i < args.Count; i += 2)
        {
            var number = i + 1 < args.Count && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
            options = (args[i], number) switch
            {
                ("--runs", > 0) => options with { Runs = number },
                ("--recipients", > 0 and <= 1000) => options with { Recipients = number },
                ("--seed", >= 0) => options with { Seed = number },
                ("--seconds", > 0) => options with { Seconds = number },
                ("--parallel", > 0) => options with { Parallel = number },
                _ => throw new ArgumentException($"'{args[i]}' is not understood. Usage: --runs N --recipients M --seed S --seconds T --parallel P", nameof(args)),
            };
        }

        return options;
    }
}
