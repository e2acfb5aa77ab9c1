using BulkSms.Chaos;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Chaos;

/// <summary>A slice of tools/Chaos: whole runs, with hosts that are killed, for some seconds; after all other tests, for the machine is busy with it.</summary>
[Collection(nameof(ChaosTests))]
[CollectionDefinition(nameof(ChaosTests), DisableParallelization = true)]
public sealed class ChaosTests(AzuriteFixture azurite)
{
    private const int FirstSeed = 1000;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Run_EveryFault_BreaksNoInvariant()
    {
        var begun = TimeProvider.System.GetTimestamp();
        for (var seed = FirstSeed; TimeProvider.System.GetElapsedTime(begun) < Slice; seed++)
        {
            await using var run = await ChaosRun.StartAsync(new ChaosOptions(Recipients: 12, Seconds: 7, TriesFirstPart: false), seed, azurite.NewAccount());

            var report = await run.RunAsync();

            Assert.True(report.Violations.Count == 0, $"Seed {seed}:\n{string.Join('\n', report.Violations)}");
        }
    }
}
