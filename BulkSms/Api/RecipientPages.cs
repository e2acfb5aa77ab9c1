using System.Buffers.Text;
using System.Globalization;
using System.Text;
using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.Twilio;

namespace BulkSms.Api;

/// <summary>A broadcast's recipients page by page: shard after shard, in row key order.</summary>
public sealed class RecipientPages(RecipientTable table, TwilioAccounts accounts)
{
    /// <summary>Reads one page.</summary>
    /// <param name="broadcast">Whose recipients.</param>
    /// <param name="status">Only these, or null for all.</param>
    /// <param name="holds">What holds those that wait.</param>
    /// <param name="cursor">Where the last page ended.</param>
    /// <param name="count">Most rows.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async Task<RecipientPage> ReadAsync(
        Broadcast broadcast, StatusFilter? status, Holding holds, RecipientCursor cursor, int count, CancellationToken cancellation)
    {
        var page = new List<RecipientView>(count);
        var after = cursor.AfterKey;
        for (var shard = cursor.Shard; shard < broadcast.Shards; shard++, after = null)
        {
            await foreach (var row in table.Rows(new(broadcast.Id, shard), status, after, cancellation))
            {
                if (page.Count == count)
                {
                    return new(page, new RecipientCursor(shard, after).ToString());
                }

                page.Add(RecipientView.Of(row, holds.Of(row)));
                after = row.Key.Id;
            }
        }

        return new(page, null);
    }

    /// <summary>Whether a broadcast waits for another Twilio account, or another profile, than this app has; false too when that cannot be told now.</summary>
    public async Task<bool> IsOthersAsync(Broadcast broadcast, CancellationToken cancellation) =>
        broadcast.CompletedAt is null && await accounts.HasAsync(broadcast.Profile, broadcast.Account, cancellation) is false;

    /// <summary>All of them, or all with one status, as they come from storage.</summary>
    public IAsyncEnumerable<RecipientView> AllAsync(Broadcast broadcast, StatusFilter? status, Holding holds, CancellationToken cancellation) => Shard
        .Of(broadcast.Id, broadcast.Shards).ToAsyncEnumerable()
        .SelectMany(shard => table.Rows(shard, status, null, cancellation))
        .Select(row => RecipientView.Of(row, holds.Of(row)));
}

/// <summary>Where a page of recipients ended: opaque to callers.</summary>
/// <param name="Shard">The shard to go on in.</param>
/// <param name="AfterKey">The row key to go on after; null: from the shard's start.</param>
public readonly record struct RecipientCursor(int Shard, string? AfterKey)
{
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Shard}.{AfterKey}")));

    /// <summary>False for anything that we did not hand out.</summary>
    public static bool TryParse(string? text, out RecipientCursor cursor)
    {
        cursor = default;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (text.Length > 100 || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var shard) || shard >= RecipientKey.MaxShards
            || !(parts[1].Length == 0 || RecipientKey.IsWellFormed(parts[1])))
        {
            return false;
        }

        cursor = new(shard, parts[1].Length == 0 ? null : parts[1]);
        return true;
    }
}
