using BulkSms.Profiles;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>The rates that are configured: see <see cref="SendingOptions.SegmentsPerSecond"/>.</summary>
public sealed class SendingRates(ProfileCatalog profiles, IOptions<SendingOptions> options)
{
    /// <summary>Segments a second of a profile, of all instances together.</summary>
    /// <param name="profile">Its name; null: <c>default</c>.</param>
    public double Of(string? profile) => options.Value.Of(profiles.Find(profile) ?? profiles.Default).SegmentsPerSecond;
}
