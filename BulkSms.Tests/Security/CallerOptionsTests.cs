using BulkSms.Security;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;

namespace BulkSms.Tests.Security;

/// <summary>The names of function keys' holders are wrong at start, or right.</summary>
public sealed class CallerOptionsTests
{
    private static readonly string One = Callers.HashOf("one");
    private static readonly string Two = Callers.HashOf("two");
    private static readonly string Three = Callers.HashOf("three");
    private static readonly string Nothing = Callers.HashOf("");

    public static TheoryData<string, string> Right => new()
    {
        { "Callers:shop:KeyHashes", One },
        { "Callers:shop:KeyHashes", One.ToUpperInvariant() },
        { "Callers:shop:KeyHashes", $"{One},{Two}" },
        { "Callers:shop:KeyHashes", $" {One} ; {Two} " },
        { "callers:shop:keyhashes", One },
        { "Callers:web-shop_2.eu:KeyHashes", One },
        { "Callers:shop:KeyHashes:0", One },
        { "Callers:keys:KeyHashes", One },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public void Validate_Right_SaysNothing(string setting, string value) => Assert.Empty(Errors((setting, value)));

    public static TheoryData<string, string> Wrong => new()
    {
        { "Callers:shop:KeyHashes", "" },
        { "Callers:shop:KeyHashes", " , " },
        { "Callers:shop:KeyHashes", "the-key-itself" },
        { "Callers:shop:KeyHashes", One[..63] },
        { "Callers:shop:KeyHashes", One + "0" },
        { "Callers:shop:KeyHashes", One[..63] + "g" },
        { "Callers:shop:KeyHashes", $"{One},the-key-itself" },
        { "Callers:shop:KeyHashes", $"{One},{Two},{Three}" },
        { "Callers:shop:KeyHashes", $"{One},{One.ToUpperInvariant()}" },
        { "Callers:shop:KeyHashes", Nothing },
        { "Callers:key:KeyHashes", One },
        { "Callers:KEY:KeyHashes", One },
        { "Callers:system:KeyHashes", One },
        { "Callers:Anonymous:KeyHashes", One },
        { "Callers:a shop:KeyHashes", One },
        { "Callers:shop\n:KeyHashes", One },
        { "Callers:.:KeyHashes", One },
        { "Callers:Müller:KeyHashes", One },
        { $"Callers:{new string('a', 65)}:KeyHashes", One },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_Wrong_NamesTheSettingAndShowsNoKey(string setting, string value)
    {
        var error = Assert.Single(Errors((setting, value)));

        Assert.Contains(setting, error, StringComparison.Ordinal);
        Assert.DoesNotContain("the-key-itself", error, StringComparison.Ordinal);
        Assert.DoesNotContain(One, error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Validate_OneHashUnderTwoNames_NamesBoth()
    {
        var error = Assert.Single(Errors(("Callers:shop:KeyHashes", One), ("Callers:office:KeyHashes", $"{Two},{One.ToUpperInvariant()}")));

        Assert.Contains("Callers:shop:KeyHashes", error, StringComparison.Ordinal);
        Assert.Contains("Callers:office:KeyHashes", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Several_NamesEach() =>
        Assert.Equal(3, Errors(("Callers:key:KeyHashes", One), ("Callers:shop:KeyHashes", "x"), ("Callers:office:KeyHashes", $"{One},{Two},{Three}")).Count(error =>
            !error.Contains("twice", StringComparison.Ordinal)));

    [Fact]
    public void Take_OneSettingOrTwo_IsTheSame()
    {
        Assert.Equal([One, Two], Options(("Callers:shop:KeyHashes", $"{One}, {Two}")).KeyHashes["shop"]);
        Assert.Equal([One, Two], Options(("Callers:shop:KeyHashes:0", One), ("Callers:shop:KeyHashes:1", Two)).KeyHashes["SHOP"]);
    }

    private static string[] Errors(params (string Setting, string Value)[] settings) =>
        [.. new CallerOptionsValidator().Validate(null, Options(settings)).Failures ?? []];

    private static CallerOptions Options(params (string Setting, string Value)[] settings)
    {
        var options = new CallerOptions();
        options.Take(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => KeyValuePair.Create(each.Setting, (string?)each.Value))).Build()
            .GetSection(CallerOptions.Section));
        return options;
    }
}
