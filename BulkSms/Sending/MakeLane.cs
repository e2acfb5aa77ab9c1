using System.Diagnostics.Metrics;
using Azure.Data.Tables;
using BulkSms.Profiles;
using BulkSms.Sending.Pool;
using BulkSms.Storage;
using BulkSms.Twilio;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>Makes the lane of a profile other than <c>default</c>. The instances share its rate in the partition of its own Messaging Service.</summary>
public sealed class MakeLane(
    [FromKeyedServices(StorageServices.WithoutRetries)] TableServiceClient tables,
    IOptions<TwilioOptions> twilio,
    IOptions<SendingOptions> sending,
    PoolTimes times,
    CircuitReport report,
    TimeProvider time,
    IMeterFactory meters,
    ILoggerFactory loggers)
{
    /// <summary>Makes it, with what renews its share.</summary>
    public (SendLane Lane, ShareKeeper Keeper) New(Profile profile, LaneLine? line)
    {
        var own = Options.Create(sending.Value.Of(profile));
        var keeper = new ShareKeeper(new(tables, twilio, profile.Settings.MessagingServiceSid), own, times, time, loggers.CreateLogger<ShareKeeper>());
        return (
            new(profile, new(own, time, meters, keeper, profile.Name), new(own, report, time, meters, loggers.CreateLogger<CircuitBreaker>(), profile.Name), line),
            keeper);
    }
}
