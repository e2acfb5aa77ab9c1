using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace BulkSms.Storage.Calls;

/// <summary>
/// The few calls to storage that each message makes, written by hand: they cost a part of what Azure's clients take. They go through Azure.Core's own pipeline with the same
/// authentication, retries, time-outs and transport, and fail with the same exceptions. Everything else stays with the clients.
/// </summary>
public sealed class StorageCalls
{
    /// <summary>The oldest version of the services that has all of this, identities for tables included.</summary>
    internal const string ServiceVersion = "2020-12-06";

    private const string IdentityScope = "https://storage.azure.com/.default";
    private readonly HttpPipeline tablePipeline;
    private readonly HttpPipeline tableOncePipeline;
    private readonly HttpPipeline queuePipeline;
    private readonly string tableRoot;
    private readonly string queueRoot;
    private readonly string? signature;

    /// <param name="account">What calls prove themselves with.</param>
    /// <param name="tables">Knows where the account's tables are.</param>
    /// <param name="queues">Knows where the account's queues are.</param>
    /// <param name="transport">What carries calls.</param>
    public StorageCalls(StorageAccount account, TableServiceClient tables, QueueServiceClient queues, HttpPipelineTransport transport)
    {
        (tableRoot, queueRoot) = (RootOf(tables.Uri), RootOf(queues.Uri));
        var key = account.ReadKey();
        signature = account.ReadSignature();
        var tableKey = key is null ? null : new TableKeyPolicy(tables.AccountName, key, TimeProvider.System);
        tablePipeline = Pipeline(account, tableKey, transport);
        tableOncePipeline = Pipeline(account, tableKey, transport, retries: 0);
        queuePipeline = Pipeline(account, key is null ? null : new QueueKeyPolicy(queues.AccountName, key, TimeProvider.System), transport);
    }

    public TableCalls Table(string name) => new(tablePipeline, tableRoot, name, signature);

    /// <summary>A table, by calls that are not repeated: what fails says of the one try whether it may have been applied.</summary>
    public TableCalls TableOnce(string name) => new(tableOncePipeline, tableRoot, name, signature);

    public QueueCalls Queue(string name) => new(queuePipeline, queueRoot, name, signature);

    private static string RootOf(Uri address) => address.GetLeftPart(UriPartial.Path).TrimEnd('/');

    // Within the retries: each try is signed at its own time.
    private static HttpPipeline Pipeline(StorageAccount account, HttpPipelinePolicy? key, HttpPipelineTransport transport, int? retries = null)
    {
        var options = StorageServices.Tune(new Options(), transport);
        options.Retry.MaxRetries = retries ?? options.Retry.MaxRetries;
        var proof = account.Identity is { } identity ? new BearerTokenAuthenticationPolicy(identity, IdentityScope) : key;
        return HttpPipelineBuilder.Build(options, proof is null ? [] : [proof]);
    }

    private sealed class Options : ClientOptions;
}
