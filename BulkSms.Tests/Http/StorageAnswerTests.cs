using System.Text.Json;
using Azure;
using BulkSms.Common;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.Http;

/// <summary>What is said when storage is away: nothing is done, only where that is certain.</summary>
public sealed class StorageAnswerTests
{
    [Fact]
    public async Task Change_ThatFailsBeforeItBegins_HasDoneNothing()
    {
        var problem = await AnswerAsync(_ => throw Away());

        Assert.Equal("urn:bulksms:problem:storage-unavailable", problem.GetProperty("type").GetString());
        Assert.StartsWith("Nothing was accepted.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ThatFailsAfterIt_SaysThatNothingIsKnown()
    {
        var problem = await AnswerAsync(done =>
        {
            done.Begin();
            throw Away();
        });

        Assert.Equal("urn:bulksms:problem:partly-done", problem.GetProperty("type").GetString());
        Assert.StartsWith("Whether any of it is done is not known. The rest may be done or not.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(problem.TryGetProperty("done", out _));
    }

    [Fact]
    public async Task Change_ThatHasCounted_TellsTheCounts()
    {
        var problem = await AnswerAsync(done =>
        {
            done.Begin();
            done.Count("added", 99);
            throw Away();
        });

        Assert.Equal(99, problem.GetProperty("done").GetProperty("added").GetInt32());
        Assert.StartsWith("Some of it is done", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ThatFailsForAnotherReason_IsNotTakenForStorage() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => StorageAnswer.ChangeAsync(_ => throw new InvalidOperationException()));

    private static RequestFailedException Away() => new(503, "busy");

    private static async Task<JsonElement> AnswerAsync(Func<WorkDone, Task<IResult>> change)
    {
        var services = new ServiceCollection().AddLogging();
        services.ConfigureHttpJsonOptions(ApiJson.Configure);
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services.BuildServiceProvider(), Response = { Body = body } };
        await (await StorageAnswer.ChangeAsync(change)).ExecuteAsync(http);
        Assert.Equal((503, "5"), (http.Response.StatusCode, http.Response.Headers.RetryAfter.ToString()));
        return JsonDocument.Parse(body.ToArray()).RootElement;
    }
}
