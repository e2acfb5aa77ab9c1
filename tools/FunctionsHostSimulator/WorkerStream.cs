using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace BulkSms.FunctionsHostSimulator;

/// <summary>The host's side of the stream to its worker: each question has an id, which the answer repeats.</summary>
/// <param name="received">Is given each message of the worker, in order.</param>
public sealed class WorkerStream(Action<JsonObject>? received)
{
    public const string Route = "/AzureFunctionsRpcMessages.FunctionRpc/EventStream";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // of a busy machine
    private readonly Channel<JsonObject> outgoing = Channel.CreateUnbounded<JsonObject>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> asked = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The worker has said that it is there.</summary>
    public Task Started => started.Task.WaitAsync(Patience, TimeProvider.System);

    public void Tell(string kind, JsonObject content, string id = "") => outgoing.Writer.TryWrite(new JsonObject { ["requestId"] = id, [kind] = content });

    public async Task<JsonObject> AskAsync(string kind, JsonObject content)
    {
        var id = Guid.NewGuid().ToString();
        var answer = asked.GetOrAdd(id, _ => new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously));
        Tell(kind, content, id);
        return await answer.Task.WaitAsync(Patience, TimeProvider.System);
    }

    /// <summary>Serves the one call of the worker, as long as both want it.</summary>
    public async Task ServeAsync(HttpContext http)
    {
        http.Response.ContentType = "application/grpc";
        await http.Response.StartAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var reading = ReadAsync(http.Request.BodyReader, end);
        try
        {
            await foreach (var message in outgoing.Reader.ReadAllAsync(end.Token))
            {
                await GrpcFrames.WriteAsync(http.Response.BodyWriter, WorkerMessages.Write(message), end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // the worker has gone
        }

        http.Response.AppendTrailer("grpc-status", "0");
        await end.CancelAsync();
        await reading;
    }

    public void End() => outgoing.Writer.TryComplete();

    private async Task ReadAsync(PipeReader body, CancellationTokenSource end)
    {
        try
        {
            await foreach (var message in GrpcFrames.ReadAllAsync(body, end.Token))
            {
                Take(WorkerMessages.Read(message));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // the worker has gone, or is to go
        }

        await end.CancelAsync();
        foreach (var answer in asked.Values)
        {
            answer.TrySetException(new IOException("The worker has gone."));
        }
    }

    private void Take(JsonObject message)
    {
        received?.Invoke(message);
        if (message.ContainsKey("startStream"))
        {
            started.TrySetResult();
        }
        else if (!message.ContainsKey("rpcLog") && asked.TryRemove((string)message["requestId"]!, out var answer))
        {
            answer.TrySetResult(message);
        }
    }
}
