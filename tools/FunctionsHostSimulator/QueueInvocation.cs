using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;

namespace BulkSms.FunctionsHostSimulator;

/// <summary>What a queue trigger of the Functions host tells of its message.</summary>
internal static class QueueInvocation
{
    /// <summary>The message, as TypedData.</summary>
    /// <param name="message">The message.</param>
    /// <param name="whole">Whether the function takes all of it; else its text.</param>
    public static JsonObject Data(QueueMessage message, bool whole) => whole ? Whole(message) : Text(message.MessageText);

    private static JsonObject Whole(QueueMessage message) => new()
    {
        ["modelBindingData"] = new JsonObject
        {
            ["version"] = "1.0",
            ["source"] = "AzureStorageQueues",
            ["contentType"] = "application/json",
            ["content"] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new
            {
                message.MessageId,
                message.PopReceipt,
                message.MessageText,
                message.DequeueCount,
                message.NextVisibleOn,
                message.InsertedOn,
                message.ExpiresOn,
            })),
        },
    };

    /// <summary>The same once more, in parts: functions may bind to them. Ours do not, but they are sent.</summary>
    public static JsonObject Metadata(QueueMessage message) => new()
    {
        ["QueueTrigger"] = Text(message.MessageText),
        ["Id"] = Text(message.MessageId),
        ["PopReceipt"] = Text(message.PopReceipt),
        ["DequeueCount"] = Json(message.DequeueCount),
        ["InsertionTime"] = Json(message.InsertedOn),
        ["NextVisibleTime"] = Json(message.NextVisibleOn),
        ["ExpirationTime"] = Json(message.ExpiresOn),
    };

    private static JsonObject Text(string text) => new() { ["string"] = text };

    private static JsonObject Json<T>(T value) => new() { ["json"] = JsonSerializer.Serialize(value) };
}
