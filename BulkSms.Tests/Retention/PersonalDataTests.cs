using BulkSms.Recipients;
using BulkSms.Retention.People;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.Retention;

/// <summary>Nothing that is stored is forgotten when a person asks for it, or to be erased.</summary>
public sealed class PersonalDataTests
{
    /// <summary>What holds nothing of a person.</summary>
    private static readonly string[] HoldsNothing =
    [
        QueueNames.Expand, QueueNames.ExpandPoison, // ids of broadcasts
        ContainerNames.Locks, // nothing at all
        TableNames.SendingShares, // numbers of segments
        TableNames.Usage, // how much callers have sent, and which callers; nothing of those who were texted
        TableNames.People, ContainerNames.People, // the jobs themselves: they forget the number at their end, and results go with the person (EraseUnread)
    ];

    [Fact]
    public async Task Stores_EachTableQueueAndContainer_IsAnsweredFor()
    {
        await using var app = await VirtualApp.StartAsync();
        var stores = PersonInBroadcasts.Stores.Concat(app.Services.GetServices<IPersonalData>().SelectMany(each => each.Stores)).Concat(HoldsNothing).ToArray();

        Assert.Equal(TableNames.All.Concat(QueueNames.All).Concat(ContainerNames.All).Order(StringComparer.Ordinal), stores.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lists_AreThoseOfTheDocument()
    {
        await using var app = await VirtualApp.StartAsync();
        var lists = PersonInBroadcasts.Lists.Concat(app.Services.GetServices<IPersonalData>().SelectMany(each => each.Lists));
        var required = ApiContract.Document["components"]!["schemas"]!["PersonData"]!["required"]!.AsArray().Select(each => (string)each!);

        Assert.Equal(required.Except(["phone", "numbers", "exportedAt"]), lists);
    }
}
