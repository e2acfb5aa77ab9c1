using System.Globalization;

namespace BulkSms.Client.Models;

public partial class Broadcast
{
    /// <summary>Recipients by status.</summary>
    public IReadOnlyDictionary<string, long> CountsByStatus => Numbers.Of(Counts?.AdditionalData);

    /// <summary>It ended: nothing of it changes any more.</summary>
    public bool IsFinal => Status is BroadcastStatus.Completed or BroadcastStatus.Canceled;
}

internal static class Numbers
{
    public static IReadOnlyDictionary<string, long> Of(IDictionary<string, object>? values) =>
        (values ?? new Dictionary<string, object>(StringComparer.Ordinal)).ToDictionary(each => each.Key, each => Convert.ToInt64(each.Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
