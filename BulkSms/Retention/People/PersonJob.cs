using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Retention.People;

/// <summary>What is done about a person's data.</summary>
public enum PersonJobKind
{
    /// <summary>It is collected for them.</summary>
    Export,

    /// <summary>It is erased.</summary>
    Erase,
}

/// <summary>How far an erasure has come.</summary>
public enum ErasePhase
{
    /// <summary>What is accepted from now on must not text them: hashes of their numbers are kept.</summary>
    Block,

    /// <summary>What waits for them is canceled, and what is in doubt is waited for.</summary>
    Stop,

    /// <summary>Each broadcast is gone through.</summary>
    Broadcasts,

    /// <summary>So is everything else.</summary>
    Others,

    /// <summary>Send jobs that were written before are waited for.</summary>
    Queue,
}

/// <summary>A request about one person's data: a row of the table People. While it runs it holds the number; afterwards a few digits of it.</summary>
public sealed record PersonJob
{
    internal const string RowPrefix = "j-";
    private const int SecretBytes = 32;
    private const int HashBytes = 16;
    private const string Kept = "keepOptOut";

    public required string Id { get; init; }

    public required PersonJobKind Kind { get; init; }

    /// <summary>One of <see cref="PersonJobStatus"/>.</summary>
    public string Status { get; init; } = PersonJobStatus.Queued;

    /// <summary>E.164; null once it has ended.</summary>
    public string? Phone { get; init; }

    /// <summary>A few digits of it.</summary>
    public required string Masked { get; init; }

    /// <summary>Whether the person is not texted after the erasure.</summary>
    public bool KeepOptOut { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed; null: it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>What it waits for, in words; null: nothing.</summary>
    public string? WaitingFor { get; init; }

    public ErasePhase Phase { get; init; }

    /// <summary>The last broadcast that it has gone through; null: none.</summary>
    public string? DoneTo { get; init; }

    public int BroadcastsDone { get; init; }

    /// <summary>Messages of the person that were found.</summary>
    public int Messages { get; init; }

    /// <summary>When the last message that waited for the person was canceled; null: none did.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>When the last row of the person had gone from every broadcast; null: that is not so yet.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>When the result is deleted; null: there is none.</summary>
    public DateTimeOffset? ResultUntil { get; init; }

    /// <summary>What the places of erased recipients are made with (see <see cref="ErasedPlace"/>); null once it has ended: then nothing leads from them to the number.</summary>
    public byte[]? Secret { get; init; }

    public ETag ETag { get; init; }

    public bool HasEnded => Status is PersonJobStatus.Completed or PersonJobStatus.Failed;

    public Person Person => new(Phone ?? throw new InvalidOperationException("The job has ended: it does not hold the number."));

    public static PersonJob New(PersonJobKind kind, string phone, bool keepOptOut, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        Kind = kind,
        Phone = phone,
        Masked = Redaction.Phone(phone),
        KeepOptOut = keepOptOut,
        CreatedAt = now,
        Secret = RandomNumberGenerator.GetBytes(SecretBytes),
    };

    /// <summary>It has ended: nothing of it tells who the person was.</summary>
    public PersonJob Ended(string status, DateTimeOffset now, string? reason = null) =>
        this with { Status = status, EndedAt = now, Reason = reason, Phone = null, Secret = null, WaitingFor = null, DoneTo = null };

    /// <summary>By what requests about one person are found while they run, and their results as long as these are kept.</summary>
    public static string HashOf(string phone) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"people|{NumberVariants.KeyOf(phone)}")).AsSpan(0, HashBytes));

    public override string ToString() => Id;

    public static bool IsWellFormed(string id) => Hex.IsLower(id, 32);

    internal TableEntity Write(string partition) => new(partition, RowPrefix + Id)
    {
        ["kind"] = Kind.ToString(),
        ["status"] = Status,
        ["phone"] = Phone,
        ["masked"] = Masked,
        [Kept] = KeepOptOut,
        ["createdAt"] = CreatedAt,
        ["endedAt"] = EndedAt,
        ["reason"] = Reason,
        ["waitingFor"] = WaitingFor,
        ["phase"] = Phase.ToString(),
        ["doneTo"] = DoneTo,
        ["broadcastsDone"] = BroadcastsDone,
        ["messages"] = Messages,
        ["stoppedAt"] = StoppedAt,
        ["goneAt"] = GoneAt,
        ["resultUntil"] = ResultUntil,
        ["secret"] = Secret,
    };

    internal static PersonJob Read(TableEntity row) => new()
    {
        Id = row.RowKey[RowPrefix.Length..],
        Kind = Enum.Parse<PersonJobKind>(row.GetString("kind")),
        Status = row.GetString("status") ?? PersonJobStatus.Queued,
        Phone = row.GetString("phone"),
        Masked = row.GetString("masked") ?? "",
        KeepOptOut = row.GetBoolean(Kept) ?? true,
        CreatedAt = row.GetDateTimeOffset("createdAt") ?? default,
        EndedAt = row.GetTime("endedAt"),
        Reason = row.GetString("reason"),
        WaitingFor = row.GetString("waitingFor"),
        Phase = Enum.TryParse<ErasePhase>(row.GetString("phase"), out var phase) ? phase : default,
        DoneTo = row.GetString("doneTo"),
        BroadcastsDone = row.GetInt32("broadcastsDone") ?? 0,
        Messages = row.GetInt32("messages") ?? 0,
        StoppedAt = row.GetTime("stoppedAt"),
        GoneAt = row.GetTime("goneAt"),
        ResultUntil = row.GetTime("resultUntil"),
        Secret = row.GetBinary("secret"),
        ETag = row.ETag,
    };
}

/// <summary>The statuses of a request about a person's data.</summary>
public static class PersonJobStatus
{
    /// <summary>It has not begun.</summary>
    public const string Queued = "queued";

    /// <summary>It has begun.</summary>
    public const string Running = "running";

    public const string Completed = "completed";

    /// <summary>It was given up, for a reason.</summary>
    public const string Failed = "failed";
}
