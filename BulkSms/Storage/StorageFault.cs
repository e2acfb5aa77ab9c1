using Azure;

namespace BulkSms.Storage;

/// <summary>
/// What a failed storage call means. A refusal (409, 412, 404) of a write of ours is not proof that it was not applied: the reply to a first try may
/// have been lost and the SDK may have repeated it. A writer reads before it believes either.
/// </summary>
public static class StorageFault
{
    /// <summary>The service answered that the write is in conflict with what is there: 409 or 412.</summary>
    public static bool IsConflict(this RequestFailedException e) => e.Status is 409 or 412;

    public static bool IsNotFound(this RequestFailedException e) => e.Status is 404;

    /// <summary>
    /// Storage did not answer, or said that it cannot now: nothing is known about the call. A broken socket, a time-out of the SDK's own
    /// (AggregateException after its retries) and 408, 429, 5xx.
    /// </summary>
    public static bool IsUnavailable(this Exception e) => e switch
    {
        RequestFailedException failed => failed.Status is 0 or 408 or 429 or >= 500
            || failed.IsNotSetUp(),
        AggregateException many => many.InnerExceptions.All(IsUnavailable),
        TaskCanceledException or TimeoutException or HttpRequestException or IOException => true,
        _ => false,
    };

    /// <summary>The table, queue or container is not there yet: see <see cref="StorageSetup"/>.</summary>
    public static bool IsNotSetUp(this Exception e) =>
        e is RequestFailedException { ErrorCode: "TableNotFound" or "QueueNotFound" or "ContainerNotFound" };

    /// <summary>The connection was never made, at any try: the call cannot have been applied.</summary>
    public static bool IsNeverSent(this Exception e) => e switch
    {
        AggregateException { InnerExceptions.Count: > 0 } many => many.InnerExceptions.All(IsNeverSent),
        RequestFailedException { InnerException: { } inner } => inner.IsNeverSent(),
        HttpRequestException http => http.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        _ => false,
    };
}
