using System.Reflection;

namespace BulkSms.Tests.Architecture;

public sealed class ConstructorTests
{
    private const int Most = 8;

    /// <summary>What still has more collaborators. A type leaves this list when it is split; none joins it.</summary>
    private static readonly string[] StillLarge =
    [
        "BulkSms.Poison.ReplayPoison",
        "BulkSms.Retention.PurgeOld",
    ];

    [Fact]
    public void Constructors_OfServices_HaveAtMostEightParameters()
    {
        var large =
            from type in typeof(ApiJson).Assembly.GetTypes()
            where type is { IsClass: true } && !IsRecord(type)
            from constructor in type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            where constructor.GetParameters().Length > Most
            select type.FullName!;
        Assert.Equal(string.Join(", ", StillLarge), string.Join(", ", large.Distinct().Order(StringComparer.Ordinal)));
    }

    // A record's constructor lists its data, not its collaborators.
    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;
}
