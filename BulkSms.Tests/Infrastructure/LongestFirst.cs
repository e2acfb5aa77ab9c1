using System.Collections.Frozen;
using BulkSms.Tests.EndToEnd;
using BulkSms.Tests.Faults;
using BulkSms.Tests.LocalHost;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(BulkSms.Tests.Infrastructure.LongestFirst))]

namespace BulkSms.Tests.Infrastructure;

/// <summary>The classes that take longest begin first, so that none of them is left over at the end and keeps one core waiting.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly FrozenSet<string> Long = new[]
    {
        typeof(LongOutageTests), typeof(ShutdownTests), typeof(LocalStorageTests), typeof(SendTests), typeof(StorageAwayTests), typeof(ReconcileUnconfirmedTests),
        typeof(LostReplyTests), typeof(RecoveryTests), typeof(AcceptTests), typeof(UploadTests),
    }.Select(type => type.FullName!).ToFrozenSet(StringComparer.Ordinal);

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderByDescending(IsLong)];

    private static bool IsLong<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection =>
        collection.TestCollectionDisplayName == "WebConsole" || Long.Any(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal));
}
