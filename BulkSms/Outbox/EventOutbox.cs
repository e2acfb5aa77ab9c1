using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Storage;
using Microsoft.Extensions.Options;

namespace BulkSms.Outbox;

/// <summary>
/// Whether an event is wanted, and the row that tells of it. The folder that owns a row writes the event's row in the same transaction, so no event is lost at any crash, and none tells of what
/// is not so. Where no endpoint wants the event, nothing is written.
/// </summary>
public sealed class EventOutbox
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly EndpointTable table;
    private readonly TimeProvider time;
    private readonly IOptions<EventOptions> options;
    private readonly SharedReading<Known> readings;
    private readonly Channel<bool> written = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Known? known;

    public EventOutbox(EndpointTable table, TimeProvider time, IOptions<EventOptions> options)
    {
        (this.table, this.time, this.options) = (table, time, options);
        readings = new(ReadTableAsync);
    }

    /// <summary>The time as a sequence number.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// Whether an endpoint wants events of a type, as far as is known. Mostly it reads nothing. Where the endpoints cannot be read, one may: what happens is written in any case, and what no endpoint
    /// wants is dropped once they can.
    /// </summary>
    public ValueTask<bool> WantsAsync(string type, CancellationToken cancellation) =>
        Recent is { } recent ? new(recent.Wants(type)) : new(WantsAfterReadingAsync(type, cancellation));

    /// <summary>The endpoints, as far as they are known.</summary>
    public async ValueTask<IReadOnlyList<EventEndpoint>> EndpointsAsync(CancellationToken cancellation) =>
        (Recent ?? await readings.ReadAsync().WaitAsync(cancellation)).Endpoints;

    /// <summary>The row of an event, for the transaction of what it tells of; empty where no endpoint wants it.</summary>
    /// <param name="partition">The partition of that transaction.</param>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="data">What is told.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="id">Its id; null: a new one.</param>
    public async ValueTask<TableTransactionAction[]> EntryAsync(string partition, string type, string subject, Func<JsonObject> data, CancellationToken cancellation, string? id = null) =>
        await WantsAsync(type, cancellation)
            ? [new(TableTransactionActionType.UpsertReplace, new OutboxEvent(id ?? Guid.NewGuid().ToString("N"), type, subject, Now, data().ToJsonString(Readable)).Write(partition))]
            : [];

    /// <summary>The same for an event of a broadcast. No system is told of a test.</summary>
    public ValueTask<TableTransactionAction[]> OfBroadcastAsync(string partition, string type, string broadcastId, Func<JsonObject> data, CancellationToken cancellation) =>
        BroadcastId.IsTest(broadcastId) ? new([]) : EntryAsync(partition, type, broadcastId, data, cancellation);

    /// <summary>Says that a transaction with these rows was made: this instance tells of them soon. If it dies first, the sweeper does.</summary>
    public void Written(params IReadOnlyCollection<TableTransactionAction> entries)
    {
        if (entries.Count > 0)
        {
            written.Writer.TryWrite(true);
        }
    }

    /// <summary>Waits until there are rows to be told of.</summary>
    public async Task WaitAsync(CancellationToken cancellation) => await written.Reader.ReadAsync(cancellation);

    /// <summary>Must come before a reading of the partition that the endpoints stand in: <see cref="Learn"/> takes what it gives.</summary>
    internal Begun Begin() => new(table.Version, new(time, options.Value.KnownFor));

    /// <summary>Takes the endpoints from a reading that was made for another purpose.</summary>
    internal void Learn(Begun begun, IReadOnlyList<EventEndpoint> endpoints) => Volatile.Write(ref known, new(begun, table.WithConfigured(endpoints)));

    private Known? Recent => Volatile.Read(ref known) is { } recent && !recent.Begun.IsOld.HasPassed && recent.Begun.Version == table.Version ? recent : null;

    private async Task<bool> WantsAfterReadingAsync(string type, CancellationToken cancellation)
    {
        try
        {
            return (await readings.ReadAsync().WaitAsync(cancellation)).Wants(type);
        }
        catch (Exception e) when (e.IsUnavailable() && !cancellation.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task<Known> ReadTableAsync()
    {
        var begun = Begin();
        var read = new Known(begun, await table.ListAsync(CancellationToken.None));
        Volatile.Write(ref known, read);
        return read;
    }

    /// <summary>When a reading began.</summary>
    internal readonly record struct Begun(int Version, Deadline IsOld);

    private sealed record Known(Begun Begun, IReadOnlyList<EventEndpoint> Endpoints)
    {
        public bool Wants(string type) => Endpoints.Any(endpoint => endpoint.Wants(type));
    }
}
