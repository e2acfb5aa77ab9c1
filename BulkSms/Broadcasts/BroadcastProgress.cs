using BulkSms.Recipients;

namespace BulkSms.Broadcasts;

/// <summary>How far a broadcast has come, counted from its rows: there is no counter that every sender would have to update.</summary>
/// <param name="ByStatus">Recipients by status.</param>
/// <param name="ByCode">Recipients that failed, by Twilio's code.</param>
/// <param name="Poisoned">Recipients whose message is in the poison queue.</param>
/// <param name="FirstSentAt">When Twilio took the first message.</param>
/// <param name="LastSentAt">When Twilio took the last one so far.</param>
/// <param name="SentLately">Messages that Twilio took within <see cref="Lately"/>.</param>
/// <param name="Billed">Messages that Twilio took and did not fail or cancel itself, by country.</param>
public sealed record BroadcastProgress(
    IReadOnlyDictionary<string, int> ByStatus,
    IReadOnlyDictionary<int, int> ByCode,
    int Poisoned,
    DateTimeOffset? FirstSentAt,
    DateTimeOffset? LastSentAt,
    int SentLately,
    SegmentsByCountry? Billed)
{
    /// <summary>Recipients that are Pending and held, by the reason: see <see cref="Recipients.HeldFor"/>.</summary>
    public IReadOnlyDictionary<string, int> HeldFor { get; init; } = new Dictionary<string, int>();

    /// <summary>When it was counted, and kept since; null: it is of now, or of the end.</summary>
    public DateTimeOffset? CountedAt { get; init; }

    /// <summary>The time that a rate is measured over.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(1);

    /// <summary>Rejected recipients whose poison message is not written yet.</summary>
    public int Unpoisoned => ByStatus.GetValueOrDefault(RecipientStatus.Rejected) - Poisoned;

    public int Rows => ByStatus.Values.Sum();

    /// <summary>Recipients in a final state.</summary>
    public int Final => ByStatus.Where(each => RecipientStatus.IsFinal(each.Key)).Sum(each => each.Value);

    /// <summary>Recipients that are still ours to send or to prove.</summary>
    public int Open => ByStatus.Where(each => RecipientStatus.IsOpen(each.Key)).Sum(each => each.Value);

    /// <summary>What is left to do.</summary>
    /// <param name="recipients">How many the broadcast has: while they are being written not all have a row.</param>
    public RecipientsLeft Left(int recipients) => Open > 0 ? RecipientsLeft.Open : Final < recipients ? RecipientsLeft.Submitted : RecipientsLeft.None;

    /// <summary>Recipients that wait to be sent to, and are not held.</summary>
    public int Waiting => ByStatus.GetValueOrDefault(RecipientStatus.Pending) - HeldFor.Values.Sum();

    /// <summary>Messages a second, over <see cref="Lately"/> or since the first if that is shorter.</summary>
    public double Rate(DateTimeOffset now) => SentLately == 0
        ? 0
        : SentLately / Math.Max(1, Math.Min(Lately.TotalSeconds, (now - FirstSentAt!.Value).TotalSeconds));

    /// <summary>Counts shards in parallel, with what Twilio bills: each number's country is found out, some 3 µs a recipient.</summary>
    /// <param name="table">The recipients.</param>
    /// <param name="broadcast">Of which.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="shardsAtOnce">How many are counted at a time: where others must not wait for it, a few.</param>
    public static async Task<BroadcastProgress> CountBilledAsync(
        RecipientTable table, Broadcast broadcast, DateTimeOffset now, CancellationToken cancellation, int shardsAtOnce = RecipientKey.MaxShards)
    {
        using var slots = new SemaphoreSlim(shardsAtOnce);
        var shards = await Task.WhenAll(Shard.Of(broadcast.Id, broadcast.Shards).Select(async shard =>
        {
            await slots.WaitAsync(cancellation);
            try
            {
                return await CountShardAsync(table, shard, new Tally(now - Lately) { Billed = new(), Segments = broadcast.Segments.Count }, cancellation);
            }
            finally
            {
                slots.Release();
            }
        }));
        return new(
            Sum(shards.SelectMany(tally => tally.ByStatus)),
            Sum(shards.SelectMany(tally => tally.ByCode)),
            shards.Sum(tally => tally.Poisoned),
            shards.Min(tally => tally.First),
            shards.Max(tally => tally.Last),
            shards.Sum(tally => tally.SentLately),
            shards.Select(tally => tally.Billed).Aggregate((sum, next) =>
            {
                sum?.Add(next!);
                return sum;
            }))
        {
            HeldFor = Sum(shards.SelectMany(tally => tally.HeldFor)),
        };
    }

    private static async Task<Tally> CountShardAsync(RecipientTable table, Shard shard, Tally tally, CancellationToken cancellation)
    {
        await foreach (var row in table.CountedRows(shard, cancellation))
        {
            tally.Add(row);
        }

        return tally;
    }

    private static Dictionary<TKey, int> Sum<TKey>(IEnumerable<KeyValuePair<TKey, int>> counts)
        where TKey : notnull => counts.GroupBy(each => each.Key).ToDictionary(group => group.Key, group => group.Sum(each => each.Value));

    private sealed class Tally(DateTimeOffset lately)
    {
        public Dictionary<string, int> ByStatus { get; } = new(StringComparer.Ordinal);

        public Dictionary<int, int> ByCode { get; } = [];

        public Dictionary<string, int> HeldFor { get; } = new(StringComparer.Ordinal);

        public int Poisoned { get; private set; }

        public DateTimeOffset? First { get; private set; }

        public DateTimeOffset? Last { get; private set; }

        public int SentLately { get; private set; }

        public SegmentsByCountry? Billed { get; init; }

        /// <summary>Of the text that all get who have none of their own.</summary>
        public int Segments { get; init; }

        private void Bill(CountedRow row, int segments)
        {
            if (row.Country is { } country)
            {
                Billed?.Add(country, 1, segments);
            }
            else
            {
                Billed?.Add(row.To ?? "", segments);
            }
        }

        public void Add(CountedRow row)
        {
            ByStatus[row.Status] = ByStatus.GetValueOrDefault(row.Status) + 1;
            if (row.Status == RecipientStatus.Pending && row.HeldFor is { } heldFor)
            {
                HeldFor[heldFor] = HeldFor.GetValueOrDefault(heldFor) + 1;
            }

            if (row.Code != 0)
            {
                ByCode[row.Code] = ByCode.GetValueOrDefault(row.Code) + 1;
            }

            Poisoned += row.Status == RecipientStatus.Rejected && row.IsPoisoned ? 1 : 0;
            if (row.SentAt is { } sent)
            {
                First = First < sent ? First : sent;
                Last = Last > sent ? Last : sent;
                SentLately += sent > lately ? 1 : 0;
                if (row.Status is not (RecipientStatus.Failed or RecipientStatus.Canceled))
                {
                    Bill(row, row.Segments ?? Segments);
                }
            }
        }
    }
}
