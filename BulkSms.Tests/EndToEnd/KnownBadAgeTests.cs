using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using BulkSms.Chaos.Storage;
using BulkSms.MemoryStorage;
using BulkSms.Retention;
using BulkSms.Tests.Infrastructure;
using BulkSms.Unreachable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What is known against a number ends with its age, and is deleted then.</summary>
public sealed class KnownBadAgeTests
{
    private const string Number = "+15551230001";

    [Fact]
    public async Task Known_ForItsDays_ThenIsDeleted()
    {
        await using var app = await VirtualApp.StartAsync([new("Unreachable:Days", "30")]);
        var numbers = app.Service<UnreachableNumbers>();
        await numbers.FailedAsync(Number, 21614);

        app.Clock.Advance(TimeSpan.FromDays(29));
        var before = (await numbers.RecentAsync())(Number);
        app.Clock.Advance(TimeSpan.FromDays(2));
        var after = (await numbers.RecentAsync())(Number);
        await app.Service<PurgeOld>().RunAsync(default);

        Assert.Equal(21614, before!.Value.Code);
        Assert.Null(after);
        Assert.Empty(await app.Service<UnreachableTable>().ReadAsync(DateTimeOffset.UnixEpoch, default));
    }

    [Theory]
    [InlineData(21211, true)]
    [InlineData(21614, true)]
    [InlineData(30005, true)]
    [InlineData(30006, true)]
    [InlineData(21610, false)] // an opt-out
    [InlineData(30003, false)] // switched off: it may be on tomorrow
    [InlineData(30007, false)] // a filtered text
    [InlineData(0, false)]
    public async Task Failed_ByCode_CountsIfItSpeaksOfTheNumber(int code, bool isKnown)
    {
        await using var app = await VirtualApp.StartAsync();
        var numbers = app.Service<UnreachableNumbers>();

        await numbers.FailedAsync(Number, code);

        Assert.Equal(isKnown, (await numbers.RecentAsync())(Number) is not null);
    }

    [Fact]
    public async Task Storage_Away_CostsTheLessonOnly()
    {
        await using var app = await VirtualApp.StartAsync();
        app.Breaks = call => call.Path.StartsWith("UnreachableNumbers", StringComparison.Ordinal) ? StorageFaultKind.CutBefore : StorageFaultKind.None;

        await app.Service<UnreachableNumbers>().FailedAsync(Number, 21614);
        await app.Service<UnreachableNumbers>().DeliveredAsync(Number);

        Assert.Contains("What a result says of its number is not kept", app.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_Hanging_DoesNotHoldTheResult()
    {
        var clock = new FakeTimeProvider();
        var client = new TableServiceClient(MemoryTransport.ConnectionString, new TableClientOptions { Transport = new HangingTransport() });
        var numbers = new UnreachableNumbers(new UnreachableTable(client), Options.Create(new UnreachableOptions()), clock, NullLogger<UnreachableNumbers>.Instance);

        var result = numbers.FailedAsync(Number, 21614);
        Assert.False(result.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));

        await result;
    }

    /// <summary>Storage that takes a call and never answers.</summary>
    private sealed class HangingTransport : HttpClientTransport
    {
        public override void Process(HttpMessage message) => throw new NotSupportedException();

        public override ValueTask ProcessAsync(HttpMessage message) => new(new TaskCompletionSource().Task);
    }
}
