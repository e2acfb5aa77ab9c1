using BulkSms.Security;
using BulkSms.Security.Usage;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Security;

/// <summary>What a caller may spend, by the settings; and which settings stop the start.</summary>
public sealed class CallerAllowanceTests
{
    private static readonly string Hash = Callers.HashOf("one");

    [Fact]
    public void Budget_OfACaller_IsItsOwnOrThatOfEach()
    {
        var allowances = Of(new LimitOptions { MonthlyBudget = 100 }, ("Callers:shop:MonthlyBudget", "0.5"));

        Assert.Equal(new(UsageKind.MonthlyBudget, "key:shop", "Callers:SHOP:MonthlyBudget", 500_000), allowances.BudgetOf(Caller.OfKey("SHOP")));
        Assert.Equal(new(UsageKind.MonthlyBudget, "token:shop", "Callers:shop:MonthlyBudget", 500_000), allowances.BudgetOf(Caller.OfToken("shop")));
        Assert.Equal(new(UsageKind.MonthlyBudget, "token:Shop/2", "Limits:MonthlyBudget", 100_000_000), allowances.BudgetOf(Caller.OfToken("Shop/2")));
        Assert.Equal("key:key", allowances.BudgetOf(Caller.Unnamed)!.Holder);
    }

    [Fact]
    public void Budget_WithoutASetting_IsNone() => Assert.Null(Of(new LimitOptions(), ("Callers:shop:MonthlyBudget", "1"), ("Callers:office:MonthlyBudget", "")).BudgetOf(Caller.OfKey("office")));

    [Theory]
    [InlineData("0")]
    [InlineData("99.50")]
    [InlineData("1000000000")]
    [InlineData("")]
    public void Validate_AnAmount_SaysNothing(string amount) => Assert.Empty(Errors(null, ("Callers:shop:MonthlyBudget", amount), ("Callers:shop:KeyHashes", Hash)));

    [Theory]
    [InlineData("-1")]
    [InlineData("1000000000.01")]
    [InlineData("1,50")]
    [InlineData("$5")]
    [InlineData("1e3")]
    [InlineData("five")]
    public void Validate_NoAmount_NamesTheSetting(string amount) =>
        Assert.StartsWith("Callers:shop:MonthlyBudget must be an amount in US dollars", Assert.Single(Errors(null, ("Callers:shop:MonthlyBudget", amount), ("Callers:shop:KeyHashes", Hash))), StringComparison.Ordinal);

    // Without tokens a caller is known by its key alone: the budget would be of no caller, and no limit.
    [Fact]
    public void Validate_ABudgetOfNoKnownCaller_IsRefusedUnlessThereAreTokens()
    {
        Assert.Contains("Callers:shop:KeyHashes is missing", Assert.Single(Errors(null, ("Callers:shop:MonthlyBudget", "5"), ("Callers:office:KeyHashes", Hash))), StringComparison.Ordinal);
        Assert.Empty(Errors(new("https://login.example.com"), ("Callers:9d1ee4a5-12cd-4c5b-8a1f-0d1e5a4f7b11:MonthlyBudget", "5")));
    }

    private static string[] Errors(Uri? authority, params (string Setting, string Value)[] settings) =>
        [.. new CallerBudgetValidator(Options.Create(new AuthOptions { Authority = authority })).Validate(null, OptionsOf(settings)).Failures ?? []];

    private static CallerAllowances Of(LimitOptions limits, params (string Setting, string Value)[] settings) => new(Options.Create(limits), Options.Create(OptionsOf(settings)));

    private static CallerOptions OptionsOf((string Setting, string Value)[] settings)
    {
        var options = new CallerOptions();
        options.Take(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => KeyValuePair.Create(each.Setting, (string?)each.Value))).Build().GetSection(CallerOptions.Section));
        return options;
    }
}
