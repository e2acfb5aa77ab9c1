using BulkSms.Profiles;
using BulkSms.Queues;
using BulkSms.Sending.Pool;

namespace BulkSms.Sending;

/// <summary>The lanes of all profiles.</summary>
/// <param name="profiles">The profiles.</param>
/// <param name="limiter">That of the profile <c>default</c>.</param>
/// <param name="circuit">The same.</param>
/// <param name="make">Makes the lanes of the others, when they are first asked for.</param>
/// <param name="trigger">How many messages the instance is given at a time: where there are several profiles, each may have a part of them waiting.</param>
public sealed class SendLanes(ProfileCatalog profiles, SendRateLimiter limiter, CircuitBreaker circuit, MakeLane make, QueueTriggerLimit trigger) : IAsyncDisposable, IDisposable
{
    private readonly Lazy<SendLane> ofDefault = new(() => new(profiles.Default, limiter, circuit, NewLine(profiles, trigger)));
    private readonly Lock @lock = new();
    private readonly Dictionary<string, (SendLane Lane, ShareKeeper Keeper)> others = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Passes held now, of all profiles.</summary>
    public int InFlight
    {
        get
        {
            lock (@lock)
            {
                return limiter.InFlight + others.Values.Sum(each => each.Lane.Limiter.InFlight);
            }
        }
    }

    /// <summary>The lane of a profile.</summary>
    /// <param name="name">Its name; null, and that of a profile that there is no more: <c>default</c>. What the latter has left is held before it comes here.</param>
    public SendLane Of(string? name)
    {
        if (Profile.IsDefaultName(name) || profiles.Find(name) is not { IsDefault: false } profile)
        {
            return ofDefault.Value;
        }

        lock (@lock)
        {
            return (others.TryGetValue(profile.Name, out var known) ? known : others[profile.Name] = make.New(profile, NewLine(profiles, trigger))).Lane;
        }
    }

    private static LaneLine? NewLine(ProfileCatalog profiles, QueueTriggerLimit trigger) => profiles.All.Count == 1 ? null : new(Math.Max(1, trigger.Messages / (profiles.All.Count + 1)));

    public void Dispose()
    {
        foreach (var (lane, keeper) in others.Values)
        {
            keeper.Dispose();
            lane.Limiter.Dispose();
        }
    }

    /// <summary>Others take over at once, instead of after some seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (lane, keeper) in others.Values)
        {
            await keeper.DisposeAsync();
            lane.Limiter.Dispose();
        }
    }
}
