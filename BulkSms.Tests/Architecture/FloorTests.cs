using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace BulkSms.Tests.Architecture;

public sealed class FloorTests
{
    private static readonly ArchUnitNET.Domain.Architecture App = new ArchLoader().LoadAssembly(typeof(ApiJson).Assembly).Build();

    [Fact]
    public void Folders_All_StandOnAFloor() =>
        Assert.DoesNotContain(App.Types.Select(FolderOf).OfType<string>().Distinct(), folder => Floors.Of(folder) is null);

    [Fact]
    public void Types_All_ReferToLowerFloorsOnly()
    {
        var upward =
            from type in App.Types
            let folder = FolderOf(type)
            where folder is not null
            from dependency in type.Dependencies
            where dependency.Target is not GenericParameter
            let target = FolderOf(dependency.Target)
            where target is not null && !Floors.MayRefer(folder, target)
            select $"{folder}/{type.Name} refers to {target}/{dependency.Target.Name}";
        Assert.Empty(upward.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Sending", "Twilio", true)]
    [InlineData("Twilio", "Sending", false)]
    [InlineData("Poison", "StatusCallbacks", false)] // one floor
    [InlineData("Storage", "Storage", true)]
    [InlineData("", "Api", true)]
    [InlineData("Common", "", false)]
    public void MayRefer_TwoFolders_OnlyDownward(string from, string to, bool expected) => Assert.Equal(expected, Floors.MayRefer(from, to));

    private static string? FolderOf(IType type) => type.Namespace is { } @namespace ? Floors.FolderOf(@namespace.FullName) : null;
}
