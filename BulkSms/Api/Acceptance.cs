using BulkSms.Broadcasts;
using BulkSms.Estimates;
using BulkSms.Http;
using BulkSms.Security.Usage;

namespace BulkSms.Api;

/// <summary>What came of a request.</summary>
/// <param name="Result">Whether it was accepted, or why not.</param>
/// <param name="Broadcast">The broadcast; null: there is none.</param>
/// <param name="Errors">What is wrong with an <see cref="CommitResult.Untimely"/> one.</param>
/// <param name="Cost">What a <see cref="CommitResult.TooExpensive"/> one, or an <see cref="CommitResult.OverBudget"/> one, would cost.</param>
/// <param name="Before">What a <see cref="CommitResult.Repeated"/> one repeats; null: it was accepted at the same moment.</param>
/// <param name="Usage">What is used of the limit that an <see cref="CommitResult.OverLimit"/> or <see cref="CommitResult.OverBudget"/> one would exceed.</param>
public sealed record Acceptance(
    CommitResult Result, Broadcast? Broadcast = null, FieldErrors? Errors = null, CostEstimate? Cost = null, RecentText? Before = null, UsageState? Usage = null);
