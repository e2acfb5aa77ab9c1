using BulkSms.Common;
using BulkSms.Profiles;
using BulkSms.Storage;
using Microsoft.Extensions.Options;

namespace BulkSms.Estimates;

/// <summary>
/// The prices that estimates go by. They are read once in some minutes: that is how long another instance's import may be unknown. While storage does not answer, those of before
/// are kept.
/// </summary>
public sealed class CurrentPrices
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);
    private readonly ImportedPrices imported;
    private readonly IOptions<PriceOptions> options;
    private readonly ProfileCatalog profiles;
    private readonly TimeProvider time;
    private readonly SharedReading<Known> readings;
    private Known? known;

    public CurrentPrices(ImportedPrices imported, IOptions<PriceOptions> options, ProfileCatalog profiles, TimeProvider time)
    {
        (this.imported, this.options, this.profiles, this.time) = (imported, options, profiles, time);
        readings = new(ReadTableAsync);
    }

    /// <exception cref="Exception">Storage is away, and nothing was read before.</exception>
    public async ValueTask<PriceList> GetAsync()
    {
        var before = Volatile.Read(ref known);
        if (before is { IsOld.HasPassed: false })
        {
            return before.Prices;
        }

        try
        {
            return (await readings.ReadAsync()).Prices;
        }
        catch (Exception e) when (before is not null && e.IsUnavailable())
        {
            return before.Prices;
        }
    }

    /// <summary>Those that are stored now.</summary>
    public async Task<PriceList> ReadAsync() => (await readings.ReadAsync()).Prices;

    private async Task<Known> ReadTableAsync()
    {
        var isOld = new Deadline(time, KeptFor);
        var read = new Known(PriceList.Of(options.Value, await imported.ReadAsync(CancellationToken.None), profiles.All), isOld);
        Volatile.Write(ref known, read);
        return read;
    }

    private sealed record Known(PriceList Prices, Deadline IsOld);
}
