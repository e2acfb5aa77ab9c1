using System.Collections;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Segments;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Broadcasts;

/// <summary>Every field of a broadcast is written, read, and erased or kept: one that is forgotten fails here.</summary>
public sealed class BroadcastRowTests
{
    /// <summary>Written by others, after the broadcast was committed.</summary>
    private static readonly string[] WrittenLater =
    [
        nameof(Broadcast.FannedOutAt), nameof(Broadcast.HandedOverAt), nameof(Broadcast.CompletedAt), nameof(Broadcast.OpenUntil), nameof(Broadcast.IsCanceled),
        nameof(Broadcast.Totals), nameof(Broadcast.ErasedAt), nameof(Broadcast.ListVersion), nameof(Broadcast.ListChangedAt), nameof(Broadcast.RequeuedAt), nameof(Broadcast.ETag), nameof(Broadcast.Timestamp),
    ];

    /// <summary>What a person could be told by: gone when the broadcast is erased. The blobs are deleted; their names tell nothing.</summary>
    private static readonly string[] Personal = [nameof(Broadcast.Message), nameof(Broadcast.Recipients), nameof(Broadcast.DataColumns), nameof(Broadcast.TextKey), nameof(Broadcast.MediaUrls)];

    /// <summary>In a blob, never in the row.</summary>
    private static readonly string[] InBlob = [nameof(Broadcast.Skipped)];

    /// <summary>What stays.</summary>
    private static readonly string[] Kept =
    [
        nameof(Broadcast.Id), nameof(Broadcast.CreatedAt), nameof(Broadcast.RecipientsCount), nameof(Broadcast.DuplicatesRemoved), nameof(Broadcast.Invalid), nameof(Broadcast.KnownBad), nameof(Broadcast.OptedOut),
        nameof(Broadcast.Segments), nameof(Broadcast.TotalSegments), nameof(Broadcast.Shards), nameof(Broadcast.Profile), nameof(Broadcast.Account), nameof(Broadcast.Service), nameof(Broadcast.IsHigh), nameof(Broadcast.SendAt), nameof(Broadcast.SendOver),
        nameof(Broadcast.Canary), nameof(Broadcast.CanaryResult), nameof(Broadcast.CanaryCount), nameof(Broadcast.WaitsForCanary), nameof(Broadcast.ExpiresAt), nameof(Broadcast.IsExpiryGiven), nameof(Broadcast.Quiet), nameof(Broadcast.CreatedBy), nameof(Broadcast.CreatedById), nameof(Broadcast.RequestId), nameof(Broadcast.Approval), nameof(Broadcast.AwaitsApproval), nameof(Broadcast.IdempotencyRow), nameof(Broadcast.TraceParent),
        nameof(Broadcast.RecipientsBlob), nameof(Broadcast.IsFile), nameof(Broadcast.MostCopies), nameof(Broadcast.SkippedBlob), nameof(Broadcast.IsTest), nameof(Broadcast.FannedOut), nameof(Broadcast.IsMms), nameof(Broadcast.ContentSid), nameof(Broadcast.ShortenUrls), nameof(Broadcast.Extras), .. WrittenLater,
    ];

    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void WriteThenRead_EachProperty_IsAsBefore()
    {
        var broadcast = Full();
        var read = BroadcastRow.Read(BroadcastRow.Write(broadcast));

        foreach (var property in typeof(Broadcast).GetProperties().Where(property => !WrittenLater.Concat(InBlob).Contains(property.Name)))
        {
            Assert.False(IsDefault(property.GetValue(broadcast)), $"{property.Name} has no value of its own in this test.");
            Assert.Equivalent(property.GetValue(broadcast), property.GetValue(read), strict: true);
        }
    }

    [Fact]
    public void Properties_All_AreSaidToBeErasedOrKept() => Assert.Equal(
        typeof(Broadcast).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal), Personal.Concat(InBlob).Concat(Kept).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Erase_PersonalProperties_AreGone()
    {
        await using var app = await VirtualApp.StartAsync([new("Retention:EraseAfter", "00:00:00")]);
        var id = await app.BroadcastAsync(new { message = "Hello Ada", mediaUrls = new[] { "https://example.com/ada.png" }, recipients = new[] { new { to = "+12015550101", data = new { name = "Ada" } } } });
        await app.RunAsync(TimeSpan.FromHours(2), TimeSpan.FromSeconds(30), async () => (await app.GetAsync(id)).Status == "completed");
        var before = (await app.Service<BroadcastStore>().FindAsync(id, default))!;

        using var response = await app.Http.DeleteAsync($"/api/v1/broadcasts/{id}");

        Assert.Equal(System.Net.HttpStatusCode.NoContent, response.StatusCode);
        var after = (await app.Service<BroadcastStore>().FindAsync(id, default))!;
        foreach (var name in Personal)
        {
            var property = typeof(Broadcast).GetProperty(name)!;
            Assert.False(IsDefault(property.GetValue(before)), name);
            Assert.True(property.GetValue(after) is null or "" or ICollection { Count: 0 }, name);
        }
    }

    private static Broadcast Full() => new()
    {
        Id = BroadcastId.New(Now, isTest: true),
        Message = "Hello",
        CreatedAt = Now,
        RecipientsCount = 3,
        DuplicatesRemoved = 4,
        Invalid = 5, KnownBad = 5,
        OptedOut = 6,
        Segments = new MessageSegments(SmsEncoding.Ucs2, 2, 80),
        TotalSegments = 7,
        Shards = 8,
        Profile = "alerts",
        Account = "AC1",
        Service = "MG1",
        IsHigh = true,
        IsMms = true,
        MediaUrls = ["https://example.com/ada.png"],
        ContentSid = $"HX{new string('1', 32)}",
        ShortenUrls = true,
        SendAt = Now.AddHours(1),
        SendOver = TimeSpan.FromMinutes(90),
        Canary = new(0.1m, TimeSpan.FromMinutes(10), 0.2m, 0.03m),
        CanaryResult = new(CanaryStatus.Waiting, Now, Now.AddHours(1), 4, 3, 2),
        ExpiresAt = Now.AddHours(2),
        IsExpiryGiven = true,
        Quiet = new QuietHours(new(21, 0), new(8, 0)),
        CreatedBy = "clinic",
        CreatedById = "key:clinic",
        RequestId = "request",
        Approval = new(ApprovalStatus.Awaiting, "clinic", Now, "later"),
        IdempotencyRow = "key",
        TraceParent = "00-1-2-01",
        Recipients = [new Addressee("+12015550101")],
        RecipientsBlob = "blob",
        IsFile = true,
        DataColumns = ["name"],
        MostCopies = 2,
        SkippedBlob = "skipped",
        TextKey = "text",
        FannedOut = 9,
    };

    private static bool IsDefault(object? value) => value is null or "" or ICollection { Count: 0 } || (value.GetType().IsValueType && value.Equals(Activator.CreateInstance(value.GetType())));
}
