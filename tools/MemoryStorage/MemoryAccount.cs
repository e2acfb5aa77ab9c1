using System.Diagnostics;
using System.Globalization;
using BulkSms.MemoryStorage.Blobs;
using BulkSms.MemoryStorage.Queues;
using BulkSms.MemoryStorage.Tables;

namespace BulkSms.MemoryStorage;

/// <summary>
/// A storage account in memory: the queue, table and blob calls that BulkSms makes, with the answers of the real services (ETags, visibility, transactions, leases). It
/// does not check signatures and knows no other call. Its own time is counted, so that a measurement can leave it out.
/// </summary>
public sealed class MemoryAccount
{
    private const string Name = "bulksms";
    private readonly TimeProvider time;
    private readonly BlobService blobs;
    private readonly TableService tables;
    private readonly QueueService queues;
    private long requests;
    private long ticks;

    public MemoryAccount(TimeProvider time)
    {
        this.time = time;
        (blobs, tables, queues) = (new(time), new(time, () => Limits), new(time, () => Limits));
    }

    /// <summary>What it takes a second; null: whatever comes. It can be set at any time.</summary>
    public AccountLimits? Limits { get; set; }

    /// <summary>How many calls there were, by kind.</summary>
    public OperationCounts Operations { get; } = new();

    /// <summary>How long messages were kept hidden by who received them, until deleted.</summary>
    public Durations Held => queues.Held;

    /// <summary>Time spent in here, waiting for locks and for the processor included: what it costs at most.</summary>
    public TimeSpan Spent => TimeSpan.FromSeconds((double)Interlocked.Read(ref ticks) / Stopwatch.Frequency);

    /// <summary>The connection string of an account that answers under an address.</summary>
    /// <param name="root">The address.</param>
    /// <param name="suffix">What the names of its services end with there, to tell several accounts apart; empty by default.</param>
    public static string ConnectionString(Uri root, string suffix = "") =>
        $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Convert.ToBase64String("not a secret"u8)};" +
        $"BlobEndpoint={root}blob{suffix};QueueEndpoint={root}queue{suffix};TableEndpoint={root}table{suffix};";

    /// <summary>Answers a call.</summary>
    /// <param name="service">The first segment of the path: blob, queue or table.</param>
    /// <param name="call">The call.</param>
    public StorageReply Handle(ReadOnlySpan<char> service, StorageCall call)
    {
        var begun = Stopwatch.GetTimestamp();
        var reply = Limits?.TryAccount() == false ? StorageReply.Busy("account") : service switch
        {
            "table" => tables.Handle(call),
            "queue" => queues.Handle(call),
            "blob" => blobs.Handle(call),
            _ => StorageReply.Error("other", 400, "InvalidUri"),
        };
        reply.With("Date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture)).With("x-ms-request-id", Interlocked.Increment(ref requests)).With("x-ms-version", "2026-02-06");
        Operations.Add(reply.Operation);
        Interlocked.Add(ref ticks, Stopwatch.GetTimestamp() - begun);
        return reply;
    }
}
