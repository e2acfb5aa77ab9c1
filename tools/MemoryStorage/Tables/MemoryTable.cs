using System.Collections.Concurrent;

namespace BulkSms.MemoryStorage.Tables;

/// <summary>A table: partitions of rows in the order of their keys.</summary>
/// <param name="now">The time of a write: always later than the one before.</param>
internal sealed class MemoryTable(Func<DateTimeOffset> now)
{
    private readonly ConcurrentDictionary<string, Partition> partitions = new(StringComparer.Ordinal);

    public TableRow? Find(string partitionKey, string rowKey) =>
        partitions.TryGetValue(partitionKey, out var partition) ? partition.Find(rowKey) : null;

    /// <summary>Makes all writes, which are in one partition, or none.</summary>
    /// <param name="changes">The writes, each of another row.</param>
    /// <param name="written">The rows that it made; null for each that it deleted.</param>
    public ChangeRefusal? Apply(IReadOnlyList<TableChange> changes, out TableRow?[] written) =>
        partitions.GetOrAdd(changes[0].PartitionKey, _ => new()).Apply(changes, now, out written);

    /// <summary>Rows in order, from a place on, as many as fit in a page.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="from">The first row that may be meant; null: any.</param>
    /// <param name="most">Rows of a page.</param>
    /// <param name="next">Where to go on; null: at the end.</param>
    public List<TableRow> Query(ODataFilter filter, (string PartitionKey, string RowKey)? from, int most, out (string PartitionKey, string RowKey)? next)
    {
        var found = new List<TableRow>();
        foreach (var partition in PartitionsOf(filter))
        {
            var order = from is { } place ? string.CompareOrdinal(partition.Key, place.PartitionKey) : 1;
            if (order >= 0 && !partition.Value.Query(filter, order == 0 ? from!.Value.RowKey : null, most, found, out var nextRow))
            {
                next = (partition.Key, nextRow);
                return found;
            }
        }

        next = null;
        return found;
    }

    private IEnumerable<KeyValuePair<string, Partition>> PartitionsOf(ODataFilter filter) => filter.PartitionKey is not { } key
        ? partitions.OrderBy(each => each.Key, StringComparer.Ordinal)
        : partitions.TryGetValue(key, out var one) ? [new(key, one)] : [];

    private sealed class Partition
    {
        private static readonly Dictionary<string, Cell> None = [];
        private readonly Lock @lock = new();
        private readonly SortedSet<TableRow> rows = new(Comparer<TableRow>.Create((a, b) => string.CompareOrdinal(a.RowKey, b.RowKey)));

        public TableRow? Find(string rowKey)
        {
            lock (@lock)
            {
                return rows.TryGetValue(Probe(rowKey), out var row) ? row : null;
            }
        }

        public ChangeRefusal? Apply(IReadOnlyList<TableChange> changes, Func<DateTimeOffset> now, out TableRow?[] written)
        {
            written = new TableRow?[changes.Count];
            lock (@lock)
            {
                var before = new TableRow?[changes.Count];
                for (var i = 0; i < changes.Count; i++)
                {
                    before[i] = rows.TryGetValue(Probe(changes[i].RowKey), out var row) ? row : null;
                    if (Refuse(changes[i], before[i]) is var (status, code))
                    {
                        return new(i, status, code);
                    }
                }

                for (var i = 0; i < changes.Count; i++)
                {
                    written[i] = After(changes[i], before[i], now);
                    if (before[i] is { } old)
                    {
                        rows.Remove(old);
                    }

                    if (written[i] is { } row)
                    {
                        rows.Add(row);
                    }
                }
            }

            return null;
        }

        // False when the page is full before the end.
        public bool Query(ODataFilter filter, string? from, int most, List<TableRow> found, out string next)
        {
            next = "";
            var lowest = string.CompareOrdinal(from, filter.LowestRowKey) > 0 ? from : filter.LowestRowKey;
            lock (@lock)
            {
                if (rows.Max is not { } last || string.CompareOrdinal(lowest, last.RowKey) > 0)
                {
                    return true;
                }

                foreach (var row in lowest is null ? rows : rows.GetViewBetween(Probe(lowest), last))
                {
                    if (filter.HighestRowKey is { } highest && string.CompareOrdinal(row.RowKey, highest) > 0)
                    {
                        return true;
                    }

                    if (!filter.Matches(row))
                    {
                        continue;
                    }

                    if (found.Count == most)
                    {
                        next = row.RowKey;
                        return false;
                    }

                    found.Add(row);
                }
            }

            return true;
        }

        private static (int Status, string Code)? Refuse(TableChange change, TableRow? row) => (change.Kind, row) switch
        {
            (ChangeKind.Insert, not null) => (409, "EntityAlreadyExists"),
            (ChangeKind.Insert, null) => null,
            (ChangeKind.Delete, null) => (404, "ResourceNotFound"),
            (_, null) => change.IfMatch is null ? null : (404, "ResourceNotFound"),
            _ => change.IfMatch is null or "*" || change.IfMatch == row.ETag ? null : (412, "UpdateConditionNotSatisfied"),
        };

        private static TableRow? After(TableChange change, TableRow? before, Func<DateTimeOffset> now)
        {
            if (change.Kind is ChangeKind.Delete)
            {
                return null;
            }

            var cells = change.Cells;
            if (change.Kind is ChangeKind.Merge && before is not null)
            {
                cells = new Dictionary<string, Cell>(before.Cells, StringComparer.Ordinal);
                foreach (var (name, cell) in change.Cells)
                {
                    cells[name] = cell;
                }
            }

            return new(change.PartitionKey, change.RowKey, cells, now());
        }

        private static TableRow Probe(string rowKey) => new("", rowKey, None, default);
    }
}
