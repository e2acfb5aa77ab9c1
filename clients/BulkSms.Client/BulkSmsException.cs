namespace BulkSms.Client;

/// <summary>What the app refused, or that it cannot be reached: see <see cref="Problem"/>. The message holds no phone number.</summary>
public sealed class BulkSmsException(Problem problem, Exception? inner = null) : Exception(problem.ToString(), inner)
{
    public Problem Problem { get; } = problem;

    /// <summary>The key of the broadcast that the call was about to create: the same call under this key makes no second one. Null: it was another call.</summary>
    public string? IdempotencyKey { get; init; }
}
