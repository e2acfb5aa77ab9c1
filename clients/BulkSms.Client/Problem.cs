namespace BulkSms.Client;

/// <summary>A problem document of the app, or what stands for one where there is no answer.</summary>
public sealed record Problem
{
    private const string Prefix = "urn:bulksms:problem:";

    /// <summary>The <see cref="Kind"/> of a call without an answer, or whose answer was cut.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The kind, such as <c>urn:bulksms:problem:invalid-request</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The kind in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status; 0: there was no answer.</summary>
    public required int Status { get; init; }

    /// <summary>What happened, and what to do next.</summary>
    public string? Detail { get; init; }

    /// <summary>Each error at its place: a JSON path, a form field or a line of the file. The first hundred places.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>How many errors there are.</summary>
    public int ErrorCount { get; init; }

    /// <summary>The id of the request: name it when you ask for help.</summary>
    public string? RequestId { get; init; }

    /// <summary>The broadcast that the problem is about: the one that may have been accepted, or that is repeated.</summary>
    public string? BroadcastId { get; init; }

    /// <summary>After which time the request is worth another try; null: the answer does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The document as it came; null: there was none.</summary>
    public string? Json { get; init; }

    /// <summary>The last word of <see cref="Type"/>, such as <c>invalid-request</c>.</summary>
    public string Kind => Type.StartsWith(Prefix, StringComparison.Ordinal) ? Type[Prefix.Length..] : Type;

    /// <summary>Whether the same request may be accepted later.</summary>
    public bool IsTemporary => Status is 0 or 408 or 429 or >= 500;

    internal static string TypeOf(string kind) => Prefix + kind;

    public override string ToString() => string.Join(' ', new[] { Title, Detail, RequestId is null ? null : $"(request {RequestId})" }.Where(part => !string.IsNullOrEmpty(part)));
}
