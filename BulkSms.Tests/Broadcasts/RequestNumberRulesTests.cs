using BulkSms.Broadcasts.Requests;
using static BulkSms.Tests.Broadcasts.RequestReading;

namespace BulkSms.Tests.Broadcasts;

/// <summary><c>defaultRegion</c> and <c>strict</c>.</summary>
public sealed class RequestNumberRulesTests
{
    [Fact]
    public void Read_DefaultRegion_ReadsNumbersAsWrittenAndFindsTheirDuplicates()
    {
        var recipients = Good("""{"message": "Hello", "recipients": ["(555) 000-1111", "+15550001111", "555-000-2222"], "defaultRegion": "US"}""").Recipients;

        Assert.Equal([Ada, Bob], recipients.Unique);
        Assert.Equal(1, recipients.Duplicates);
    }

    [Theory]
    [InlineData("\"defaultRegion\": \"Atlantis\"", "$.defaultRegion: must be a country in ISO 3166-1 alpha-2, such as US or GB")]
    [InlineData("\"defaultRegion\": null", "$.defaultRegion: must be a country in ISO 3166-1 alpha-2, such as US or GB")]
    [InlineData("\"strict\": \"true\"", "$.strict: must be true or false")]
    [InlineData("\"strict\": 1", "$.strict: must be true or false")]
    [InlineData("\"strict\": true", "$.recipients[0]: is not a valid number: its country has not given out such numbers")]
    public void Read_FaultyRule_IsAFault(string field, string fault) => Assert.Equal([fault], FaultsOf(With(field)));

    [Theory]
    [InlineData("\"strict\": false")]
    [InlineData("\"defaultRegion\": \"US\"")]
    [InlineData("\"defaultRegion\": \"us\"")]
    [InlineData("\"defaultRegion\": \"UK\"")]
    public void Read_GoodRule_IsTaken(string field) => Assert.Equal([Ada], Good(With(field)).Recipients.Unique);

    [Fact]
    public void DigestOf_OtherRules_IsAnother()
    {
        var digests = new[] { "\"strict\": false", "\"defaultRegion\": \"US\"", "\"defaultRegion\": \"CA\"" }.Select(field => RequestDigest.Of(Good(With(field))));

        Assert.Equal(3, digests.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(RequestDigest.Of(Good(With("\"defaultRegion\": \"US\""))), RequestDigest.Of(Good(With("\"defaultRegion\": \"us\""))));
        Assert.Equal(RequestDigest.Of(Good(WithMessage("Hello"))), RequestDigest.Of(Good(With("\"strict\": false"))));
    }

    private static string With(string field) => $$"""{"message": "Hello", "recipients": ["{{Ada}}"], {{field}}}""";
}
