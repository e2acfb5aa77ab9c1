using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Contracts;

/// <summary>What BulkSms relies on in the queue service, besides <see cref="MessageContract"/>.</summary>
public abstract class QueueContract(StorageUnderTest storage) : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private readonly QueueClient queue = storage.Queues.GetQueueClient("things");

    public async ValueTask InitializeAsync() => await queue.CreateIfNotExistsAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task CreateIfNotExists_Twice_IsNoFault() => await queue.CreateIfNotExistsAsync();

    [Fact]
    public async Task Receive_NoMoreThanAsked()
    {
        for (var i = 0; i < 40; i++)
        {
            await queue.SendMessageAsync("x");
        }

        Assert.Equal(32, (await queue.ReceiveMessagesAsync(32, Long)).Value.Length);
        Assert.Equal(8, (await queue.ReceiveMessagesAsync(32, Long)).Value.Length);
    }

    [Fact]
    public async Task Receive_OfWhatWasNotDeleted_ComesAgainAndCountsOn()
    {
        await queue.SendMessageAsync("x");
        await queue.ReceiveMessagesAsync(1, TimeSpan.FromSeconds(1));

        Assert.Equal(2, (await ReceivedAsync()).DequeueCount);
    }

    [Fact]
    public async Task Clear_DeletesAllAndWhatIsHiddenToo()
    {
        await queue.SendMessageAsync("hidden");
        var hidden = (await queue.ReceiveMessagesAsync(1, TimeSpan.FromSeconds(1))).Value.Single();
        await queue.SendMessageAsync("visible");

        await queue.ClearMessagesAsync();

        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => queue.DeleteMessageAsync(hidden.MessageId, hidden.PopReceipt))).Status);
        await queue.SendMessageAsync("after");
        Assert.Equal("after", (await ReceivedAsync()).MessageText);
    }

    [Fact]
    public async Task Update_GivesItBackWithANewPopReceipt()
    {
        await queue.SendMessageAsync("x");
        var message = (await queue.ReceiveMessagesAsync(1, Long)).Value.Single();

        var updated = (await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero)).Value;

        Assert.NotEqual(message.PopReceipt, updated.PopReceipt);
        var again = await ReceivedAsync();
        Assert.Equal(("x", 2L), (again.MessageText, again.DequeueCount));
    }

    [Fact]
    public async Task Peek_ShowsTheFirstAndTakesNothing()
    {
        await queue.SendMessageAsync("first");
        await queue.SendMessageAsync("second");

        var first = (await queue.PeekMessageAsync()).Value;

        Assert.Equal(("first", 0L), (first.MessageText, first.DequeueCount));
        Assert.NotNull(first.InsertedOn);
        Assert.Equal("first", (await ReceivedAsync()).MessageText);
    }

    private async Task<QueueMessage> ReceivedAsync() =>
        (await Eventually.GetAsync(async () => (await queue.ReceiveMessagesAsync(1, Long)).Value, messages => messages.Length == 1))[0];
}
