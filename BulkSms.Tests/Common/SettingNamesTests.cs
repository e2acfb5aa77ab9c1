using BulkSms.Common;
using Microsoft.Extensions.Configuration;

namespace BulkSms.Tests.Common;

/// <summary>A setting that nothing reads stops the start.</summary>
public sealed class SettingNamesTests
{
    private static readonly KnownSection[] Sections =
    [
        KnownSection.Of<Limits>("Limits"), KnownSection.Of<Sending>("Sending"), new("Prices", ["*"]), KnownSection.Of<Callers>("Callers"),
    ];

    [Theory]
    [InlineData("Limits:RecipientsPerDy", "Limits:RecipientsPerDay", "Limits__RecipientsPerDay")]
    [InlineData("limits:recipientsperdy", "Limits:RecipientsPerDay", "Limits__RecipientsPerDay")]
    [InlineData("Limits:Recipients_Per_Day", "Limits:RecipientsPerDay", "Limits__RecipientsPerDay")]
    [InlineData("Limits:Recipients", "Limits:RecipientsPerDay", "Limits__RecipientsPerDay")]
    [InlineData("Limits:MaxRecipientsPerDay", "Limits:RecipientsPerDay", "Limits__RecipientsPerDay")]
    [InlineData("Limits:MaxConcurrency", "Sending:MaxConcurrency", "Sending__MaxConcurrency")]
    [InlineData("Limit:RecipientsPerDay", "Limits:RecipientsPerDay", "Limits__RecipientsPerDay")]
    [InlineData("Sneding:MaxConcurrency", "Sending:MaxConcurrency", "Sending__MaxConcurrency")]
    [InlineData("Sending:Retry:BaseDelya", "Sending:Retry:BaseDelay", "Sending__Retry__BaseDelay")]
    public void Validate_Mistyped_ProposesTheRightName(string given, string proposed, string inTheEnvironment)
    {
        var error = Assert.Single(Errors((given, "1")));

        Assert.Contains($" is not a setting. Did you mean {proposed} ({inTheEnvironment} in the environment)?", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Limits:Zebra", "Limits has RecipientsPerDay, RequestsPerMinute.")]
    [InlineData("Limits:RecipientsPerDay:Max", "Limits:RecipientsPerDay:Max is not a setting")]
    [InlineData("Callers:web:KeyHash", "Callers:web:KeyHash is not a setting")]
    public void Validate_LikeNothing_SaysWhatThereIs(string given, string said) => Assert.Contains(said, Assert.Single(Errors((given, "1"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Limits:RecipientsPerDay")]
    [InlineData("LIMITS:RECIPIENTSPERDAY")]
    [InlineData("Sending:Retry:BaseDelay")]
    [InlineData("Sending:PauseAbove")]
    [InlineData("Sending:Where")]
    [InlineData("Prices:DE")]
    [InlineData("Callers:web:KeyHashes:0")]
    [InlineData("Sending:Codes:3")]
    [InlineData("Path:RecipientsPerDay")]
    [InlineData("PATH")]
    [InlineData("Limits")]
    public void Validate_KnownOrNoBusinessOfOurs_SaysNothing(string given) => Assert.Empty(Errors((given, "1")));

    [Fact]
    public void Validate_Several_NamesAll() => Assert.Equal(2, Errors(("Limits:A", "1"), ("Sending:B", "1"), ("Limits:RequestsPerMinute", "1")).Length);

    private static string[] Errors(params (string Name, string Value)[] settings) =>
    [
        .. new SettingNamesValidator(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => KeyValuePair.Create(each.Name, (string?)each.Value))).Build(),
            Sections).Validate(null, new()).Failures ?? [],
    ];

    private sealed class Limits
    {
        public int RequestsPerMinute { get; set; }

        public int RecipientsPerDay { get; set; }
    }

    private sealed class Sending
    {
        public int MaxConcurrency { get; set; }

        public double? PauseAbove { get; set; }

        public Uri? Where { get; set; }

        public IList<int> Codes { get; } = [];

        public Retry Retry { get; set; } = new();

        public bool IsRead => MaxConcurrency > 0;
    }

    private sealed class Retry
    {
        public TimeSpan BaseDelay { get; set; }
    }

    private sealed class Callers : Dictionary<string, Caller>;

    private sealed class Caller
    {
        public IList<string> KeyHashes { get; } = [];
    }
}
