using Azure.Data.Tables;

namespace BulkSms.Recipients;

/// <summary>The recipients that a caller asks for: by statuses and groups of them, comma-separated.</summary>
/// <param name="Statuses">Each once.</param>
public sealed record StatusFilter(IReadOnlyList<string> Statuses)
{
    /// <summary>Without a final status.</summary>
    public const string Waiting = "waiting";

    /// <summary>With one.</summary>
    public const string Final = "final";

    /// <summary>With a final status that is not <c>delivered</c>.</summary>
    public const string NotDelivered = "notDelivered";

    /// <summary>Those that wait to be sent to.</summary>
    internal static StatusFilter Pending { get; } = new([RecipientStatus.Pending]);

    /// <summary>Those that are still ours to send to or to reconcile.</summary>
    internal static StatusFilter Open { get; } = new([.. RecipientStatus.All.Where(RecipientStatus.IsOpen)]);

    /// <summary>Those without a final status.</summary>
    internal static StatusFilter Unfinished { get; } = new([.. RecipientStatus.All.Where(status => !RecipientStatus.IsFinal(status))]);

    /// <summary>What a text must be.</summary>
    public static string Fault { get; } = $"must be statuses or groups, separated by commas (case matters): {string.Join(", ", [.. RecipientStatus.All, Waiting, Final, NotDelivered])}";

    /// <summary>Null when one of its words is neither a status nor a group.</summary>
    public static StatusFilter? Parse(string text)
    {
        var statuses = new List<string>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (MembersOf(word) is not { Length: > 0 } members)
            {
                return null;
            }

            statuses.AddRange(members.Except(statuses, StringComparer.Ordinal).ToArray());
        }

        return new(statuses);
    }

    /// <summary>As storage understands it.</summary>
    internal string ToOData() => $"({string.Join(" or ", Statuses.Select(status => TableClient.CreateQueryFilter($"status eq {status}")))})";

    private static string[] MembersOf(string word) => [.. RecipientStatus.All.Where(status => word switch
    {
        Waiting => !RecipientStatus.IsFinal(status),
        Final => RecipientStatus.IsFinal(status),
        NotDelivered => RecipientStatus.IsFinal(status) && status != RecipientStatus.Delivered,
        _ => status == word,
    })];
}
