using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.OptOuts;

/// <summary>People who said STOP: whichever Messaging Service they said it to, they are not texted.</summary>
public sealed class OptOutList(TableServiceClient service, TimeProvider time)
{
    private readonly TableClient table = service.GetTableClient(TableNames.OptOuts);

    /// <summary>Remembers an opt-out; doing it twice is harmless.</summary>
    /// <param name="number">E.164.</param>
    /// <param name="source">Who said so: Twilio's code, a keyword, an operator.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task AddAsync(string number, string source, CancellationToken cancellation) => table.UpsertEntityAsync(
        new TableEntity(Partition(number), number) { ["source"] = source, ["since"] = time.GetUtcNow() },
        TableUpdateMode.Replace,
        cancellation);

    public async Task<bool> ContainsAsync(string number, CancellationToken cancellation) =>
        (await table.GetEntityIfExistsAsync<TableEntity>(Partition(number), number, cancellationToken: cancellation)).HasValue;

    // The last two digits: spreads the numbers evenly over 100 partitions.
    private static string Partition(string number) => number[^2..];
}
