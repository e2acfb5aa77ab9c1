using BulkSms.Broadcasts;
using BulkSms.Profiles;
using Microsoft.Extensions.Logging;

namespace BulkSms.Dispatch;

/// <summary>Names the profiles that have work and are set no more: at the first sweep after a start, and whenever there is another. What waits for them is held: no other profile sends it.</summary>
public sealed partial class MissingProfiles(ProfileCatalog profiles, ILogger<MissingProfiles> logger)
{
    private readonly HashSet<string> told = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks at a broadcast that is not completed.</summary>
    public void See(Broadcast broadcast)
    {
        if (profiles.Find(broadcast.Profile) is not null)
        {
            return;
        }

        lock (told)
        {
            if (!told.Add(broadcast.Profile))
            {
                return;
            }
        }

        Log.Missing(logger, broadcast.Profile, broadcast.Id);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2919, Level = LogLevel.Error, Message = "The profile {Profile} is not set, but broadcast {BroadcastId} and perhaps others wait for it: set it again, or cancel them")]
        public static partial void Missing(ILogger logger, string profile, string broadcastId);
    }
}
