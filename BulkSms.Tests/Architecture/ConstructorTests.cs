using System.Reflection;

namespace BulkSms.Tests.Architecture;

public sealed class ConstructorTests
{
    private const int Most = 8;

    [Fact]
    public void Constructors_OfServices_HaveAtMostEightParameters()
    {
        var large =
            from type in typeof(ApiJson).Assembly.GetTypes()
            where type is { IsClass: true } && !IsRecord(type)
            from constructor in type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            where constructor.GetParameters().Length > Most
            select type.FullName!;
        Assert.Empty(large.Distinct());
    }

    // A record's constructor lists its data, not its collaborators.
    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;
}
