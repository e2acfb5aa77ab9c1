namespace BulkSms.OptOuts;

/// <summary>Is told of people who opt out shortly after a broadcast has texted them: they say something about the broadcast.</summary>
public interface IBroadcastOptOuts
{
    /// <summary>A recipient has opted out.</summary>
    /// <param name="broadcastId">The broadcast that texted the person within <see cref="ApplyOptOuts.Shortly"/>; it is not complete.</param>
    Task OptedOutAsync(string broadcastId);
}
