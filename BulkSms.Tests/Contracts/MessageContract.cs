using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Contracts;

/// <summary>What BulkSms relies on in the calls to queues that each message makes.</summary>
public abstract class MessageContract(StorageUnderTest storage) : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private readonly QueueClient queue = storage.Queues.GetQueueClient("things");
    private readonly IMessageCalls calls = storage.Messages("things");

    public async ValueTask InitializeAsync() => await calls.CreateAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AnyCall_WithoutTheQueue_SaysQueueNotFound()
    {
        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => storage.Messages("nothing").PutAsync("x"));

        Assert.Equal((404, "QueueNotFound"), (fault.Status, fault.ErrorCode));
    }

    [Fact]
    public async Task Create_OfAQueueThatIsThere_LeavesItsMessages()
    {
        await calls.PutAsync("x");

        await calls.CreateAsync();

        Assert.Single((await queue.ReceiveMessagesAsync(32, Long)).Value);
    }

    [Fact]
    public async Task Send_ThenReceive_GivesTheTextOnceAndInOrder()
    {
        string[] texts = ["first", "<&> \"ü\" 😀", "third", "", new('x', 40_000)];
        foreach (var text in texts)
        {
            await calls.PutAsync(text);
        }

        var messages = (await queue.ReceiveMessagesAsync(32, Long)).Value;

        Assert.Equal(texts, messages.Select(TextOf));
        Assert.All(messages, message => Assert.Equal(1, message.DequeueCount));
        Assert.All(messages, message => Assert.True(message.ExpiresOn > TimeProvider.System.GetUtcNow().AddYears(100)));
        Assert.Empty((await queue.ReceiveMessagesAsync(32, Long)).Value);
        Assert.Equal(texts.Length, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task Send_Hidden_IsReceivedLater()
    {
        await calls.PutAsync("later", TimeSpan.FromSeconds(1.9)); // in whole seconds

        Assert.Empty((await queue.ReceiveMessagesAsync(32, Long)).Value);
        Assert.Null((await queue.PeekMessageAsync()).Value);
        Assert.Equal("later", TextOf(await ReceivedAsync()));
    }

    [Fact]
    public async Task Delete_ByItsPopReceipt_Deletes()
    {
        await calls.PutAsync("x");
        var message = (await queue.ReceiveMessagesAsync(1, Long)).Value.Single();

        await calls.DeleteAsync(message.MessageId, message.PopReceipt);

        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => calls.DeleteAsync(message.MessageId, message.PopReceipt));
        Assert.Equal((404, "MessageNotFound"), (fault.Status, fault.ErrorCode));
    }

    [Fact]
    public async Task Delete_ByAPopReceiptOfBefore_IsRefused()
    {
        await calls.PutAsync("x");
        var first = (await queue.ReceiveMessagesAsync(1, TimeSpan.FromSeconds(1))).Value.Single();
        await ReceivedAsync();

        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => calls.DeleteAsync(first.MessageId, first.PopReceipt));

        Assert.InRange(fault.Status, 400, 404);
        Assert.Equal(1, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    private static string TextOf(QueueMessage message) => Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText));

    private async Task<QueueMessage> ReceivedAsync() =>
        (await Eventually.GetAsync(async () => (await queue.ReceiveMessagesAsync(1, Long)).Value, messages => messages.Length == 1))[0];
}
