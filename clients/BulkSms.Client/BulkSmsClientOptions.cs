namespace BulkSms.Client;

/// <summary>Where BulkSms is, who calls, and how patient the caller is.</summary>
public sealed record BulkSmsClientOptions
{
    /// <summary>The app's address, such as <c>https://example.azurewebsites.net</c>; <c>/api</c> at its end is left out.</summary>
    public required Uri Address { get; init; }

    /// <summary>The function key; null: the app is called without one.</summary>
    public string? Key { get; init; }

    /// <summary>Gives an access token for each call, where the app asks for one; null: calls carry none.</summary>
    public Func<CancellationToken, ValueTask<string?>>? Token { get; init; }

    /// <summary>How often a call is repeated that had no answer, or 408, 429 or 5xx. A repeat carries the same Idempotency-Key.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The pause before the first repeat, where the answer names none; it doubles from repeat to repeat.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause before a repeat. An answer that asks for a longer one is not repeated: see <see cref="Problem.RetryAfter"/>.</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one try may take, the upload included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>How often a broadcast is asked after, where the answer does not say.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What sends the requests; null: a <see cref="SocketsHttpHandler"/> that follows no redirect. It is disposed with the client.</summary>
    public HttpMessageHandler? Transport { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
