using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Recipients;

/// <summary>Where the row is that is left of an erased person.</summary>
/// <param name="Shard">The partition within the broadcast: that of the row whose place it takes.</param>
/// <param name="Id">Its row key, which tells nothing of the number.</param>
/// <param name="Country">The country that was billed.</param>
public sealed record ErasedPlace(int Shard, string Id, string Country)
{
    private const int KeyBytes = 16;

    /// <summary>
    /// The place that is for a row while its person is being erased: HMAC-SHA-256 over the row's own key under the secret of the job. The same each time, so that an erasure that was
    /// interrupted goes on; once the secret is gone nothing leads from it to the number, as there is a way from the row's own key to the number for one who tries all numbers.
    /// </summary>
    public static ErasedPlace Of(RecipientKey key, string number, byte[] secret) => new(
        key.Shard,
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{key.BroadcastId}|{key.Id}")).AsSpan(0, KeyBytes)),
        PhoneNumber.CountryOf(number));

    /// <summary>The row's key.</summary>
    public RecipientKey KeyIn(string broadcastId) => new(broadcastId, Shard, Id);
}

/// <summary>What is left of a recipient whose person is erased: what is counted and billed, and nothing that tells who it was.</summary>
public static class ErasedRecipient
{
    /// <summary>Why a message that waited for the person was not sent.</summary>
    public const string Reason = "the person was erased";

    /// <summary>How far the time that is noted may be from that of the message: a claim lives so long, and clocks differ.</summary>
    private static readonly TimeSpan CallTakes = TimeSpan.FromMinutes(4);

    /// <summary>The row that takes a recipient's place.</summary>
    /// <param name="row">The recipient, who does not wait. One that is in doubt still is counted as unknown.</param>
    /// <param name="place">Where it is put.</param>
    /// <param name="now">The time: a rejection counts as filed, for its poison message is erased.</param>
    public static TableEntity RowOf(Recipient row, ErasedPlace place, DateTimeOffset now)
    {
        var key = place.KeyIn(row.Key.BroadcastId);
        return new(key.Partition, key.Id)
        {
            [RecipientColumns.To] = "",
            [RecipientColumns.Country] = place.Country,
            [RecipientColumns.Segments] = row.Segments ?? 0,
            [RecipientColumns.Status] = row.Status == RecipientStatus.Unconfirmed ? RecipientStatus.Unknown : row.Status,
            [RecipientColumns.ProviderStatus] = row.ProviderStatus,
            [RecipientColumns.Attempt] = row.Attempt,
            [RecipientColumns.Code] = row.Code ?? 0,
            [RecipientColumns.SentAt] = row.SentAt,
            [RecipientColumns.Clicks] = row.Clicks == 0 ? null : row.Clicks,
            [RecipientColumns.ClaimedAt] = row.ClaimedAt,
            [RecipientColumns.SuspectFrom] = row.SuspectFrom,
            [RecipientColumns.PoisonedAt] = row.PoisonedAt ?? (row.Status == RecipientStatus.Rejected ? now : null),
            [RecipientColumns.Reason] = row.Reason == Reason ? Reason : null, // others may hold the number
        };
    }

    /// <summary>The columns that <see cref="MayHaveSentBetween"/> reads.</summary>
    internal static IReadOnlyList<string> Times { get; } = [RecipientColumns.SentAt, RecipientColumns.ClaimedAt, RecipientColumns.SuspectFrom];

    /// <summary>Whether a message to the person may have been made between two times. What would tell which one it was is erased.</summary>
    internal static bool MayHaveSentBetween(TableEntity row, DateTimeOffset from, DateTimeOffset to) =>
        (row.GetTime(RecipientColumns.ClaimedAt) ?? row.GetTime(RecipientColumns.SentAt)) is { } at
        && (row.GetTime(RecipientColumns.SuspectFrom) ?? at) - CallTakes <= to && at + CallTakes >= from;

    /// <summary>The row that fan-out makes of a place in the list whose person is erased.</summary>
    public static TableEntity NewRow(RecipientKey key, Addressee erased) => new(key.Partition, key.Id)
    {
        [RecipientColumns.To] = "",
        [RecipientColumns.Country] = erased.Erased!.Country,
        [RecipientColumns.Segments] = erased.Segments,
        [RecipientColumns.Status] = RecipientStatus.Canceled,
        [RecipientColumns.Attempt] = 0,
        [RecipientColumns.Reason] = Reason,
    };
}
