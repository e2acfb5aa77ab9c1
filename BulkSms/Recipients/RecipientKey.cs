using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BulkSms.Common;

namespace BulkSms.Recipients;

/// <summary>Where a recipient's row is: it stands for the number wherever the number must not be shown.</summary>
/// <param name="BroadcastId">The broadcast.</param>
/// <param name="Shard">The table partition within the broadcast, 0 to 15.</param>
/// <param name="Id">The row key: 32 hexadecimal digits.</param>
public readonly record struct RecipientKey(string BroadcastId, int Shard, string Id)
{
    /// <summary>Recipients that one shard is meant for: the requests that a table partition can take bound it.</summary>
    private const int PerShard = 1000;

    /// <summary>Shards of the largest broadcast.</summary>
    public const int MaxShards = 16;

    public string Partition => PartitionOf(BroadcastId, Shard);

    /// <summary>
    /// SHA-256 over <c>broadcastId|number</c> in UTF-8, and <c>|copy</c> for a further text to the phone: the first 16 bytes are the row key, the 17th modulo the shards is
    /// the shard.
    /// </summary>
    public static RecipientKey Of(string broadcastId, string number, int shards, int copy = 0)
    {
        Span<byte> text = stackalloc byte[128];
        var length = Encoding.UTF8.GetBytes(broadcastId, text);
        text[length++] = (byte)'|';
        length += Encoding.UTF8.GetBytes(number, text[length..]);
        if (copy > 0)
        {
            text[length++] = (byte)'|';
            copy.TryFormat(text[length..], out var digits, default, CultureInfo.InvariantCulture);
            length += digits;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return new(broadcastId, hash[16] % shards, Convert.ToHexStringLower(hash[..16]));
    }

    /// <summary>One shard up to 1,000 recipients, at most 16.</summary>
    public static int ShardsFor(int recipients) => Math.Clamp((recipients + PerShard - 1) / PerShard, 1, MaxShards);

    public static string PartitionOf(string broadcastId, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{broadcastId}-{shard:x2}");

    /// <summary>Whether a row key from outside has the form of one.</summary>
    public static bool IsWellFormed(string? id) => Common.Hex.IsLower(id, 32);
}
