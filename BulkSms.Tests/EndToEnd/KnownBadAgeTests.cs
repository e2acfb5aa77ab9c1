using BulkSms.Chaos.Storage;
using BulkSms.Retention;
using BulkSms.Tests.Infrastructure;
using BulkSms.Unreachable;

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
}
