using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BulkSms.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.Infrastructure;

/// <summary>Everything that is in an app's storage, as texts: each cell of each table, each queue message, each blob, and their names.</summary>
public static class StoredText
{
    private static readonly TimeSpan LongestHidden = TimeSpan.FromDays(8);

    /// <summary>Where a text is found, whatever holds it.</summary>
    /// <param name="app">The app. Its clock goes on for a week, so that hidden queue messages are seen; its queue is empty afterwards.</param>
    /// <param name="texts">What is looked for, in any case.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(VirtualApp app, params string[] texts)
    {
        app.Clock.Advance(LongestHidden);
        var all = await AllAsync(app).ToListAsync();
        Assert.NotEmpty(all);
        return [.. from each in all from text in texts where each.Text.Contains(text, StringComparison.OrdinalIgnoreCase) select $"{each.Where}: {text}"];
    }

    private static async IAsyncEnumerable<(string Where, string Text)> AllAsync(VirtualApp app)
    {
        foreach (var name in TableNames.All)
        {
            await foreach (var row in app.Service<TableServiceClient>().GetTableClient(name).QueryAsync<TableEntity>())
            {
                foreach (var (column, value) in row)
                {
                    yield return ($"{name}({row.PartitionKey},{row.RowKey}).{column}", value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{value}");
                }
            }
        }

        foreach (var name in QueueNames.All)
        {
            var queue = app.Service<QueueServiceClient>().GetQueueClient(name);
            while ((await queue.ReceiveMessagesAsync(32, TimeSpan.FromDays(7))).Value is { Length: > 0 } messages)
            {
                foreach (var message in messages)
                {
                    yield return (name, message.Body.ToString());
                }
            }
        }

        foreach (var name in ContainerNames.All)
        {
            var container = app.Service<BlobServiceClient>().GetBlobContainerClient(name);
            await foreach (var blob in container.GetBlobsAsync())
            {
                yield return (name, blob.Name);
                yield return ($"{name}/{blob.Name}", (await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString());
            }
        }
    }
}
