using static BulkSms.Tests.Broadcasts.RequestReading;

namespace BulkSms.Tests.Broadcasts;

public sealed class RequestRecipientsTests
{
    private const string NoNumber = "must be a phone number, such as +15551234567";
    private const string Read = "; a phone number has digits, spaces, hyphens, dots, a slash or brackets";

    private const string NotAnEntry = "must be a string, or an object such as {\"to\": \"+15551234567\", \"data\": {\"name\": \"Ada\"}}";

    [Theory]
    [InlineData("""{"message": "Hello"}""", "$.recipients: is required")]
    [InlineData("""{"message": "Hello", "recipients": null}""", "$.recipients: must be an array of phone numbers")]
    [InlineData("""{"message": "Hello", "recipients": "+15550001111"}""", "$.recipients: must be an array of phone numbers")]
    [InlineData("""{"message": "Hello", "recipients": {"0": "+15550001111"}}""", "$.recipients: must be an array of phone numbers")]
    [InlineData("""{"message": "Hello", "recipients": []}""", "$.recipients: must have 1 to 1000 entries; it has 0")]
    public void Read_NoList_IsAFault(string json, string fault) => Assert.Equal([fault], FaultsOf(json));

    [Theory]
    [InlineData("15550001111", NotAnEntry)]
    [InlineData("null", NotAnEntry)]
    [InlineData("true", NotAnEntry)]
    [InlineData("[\"+15550001111\"]", NotAnEntry)]
    [InlineData("\"+1555\\ud83d\"", NotAnEntry)]
    [InlineData("\"\"", NoNumber)]
    [InlineData("\"+1555\\n0001111\"", "has LINE FEED (U+000A) at position 6" + Read)]
    [InlineData("\"+1555000\\u0000111\"", "has NULL (U+0000) at position 9" + Read)]
    [InlineData("\"+١٥٥٥٠٠٠١١١١\"", "has the digit '١' (U+0661) at position 2" + Read + ". Write the digits as 0 to 9.")]
    [InlineData("\"+9991234567\"", "has a country code that does not exist")]
    public void Read_BadEntry_IsAFaultAtItsIndex(string entry, string fault) => Assert.Equal(
        [$"$.recipients[1]: {fault}"],
        FaultsOf($$"""{"message": "Hello", "recipients": ["{{Ada}}", {{entry}}, "{{Bob}}"]}"""));

    [Fact]
    public void Read_400CharacterEntry_IsAFaultThatDoesNotRepeatIt() =>
        Assert.Equal([$"$.recipients[0]: {NoNumber}; it has more than 64 characters"], FaultsOf(WithRecipients(["+" + new string('5', 399)])));

    [Fact]
    public void Read_1001Entries_IsAFault() => Assert.Equal(
        ["$.recipients: must have 1 to 1000 entries; it has 1001. Send a longer list as a file, in a form (multipart/form-data) with the part recipients: up to 100000 entries"],
        FaultsOf(WithRecipients(Enumerable.Repeat(Ada, 1001))));

    [Fact]
    public void Read_1000Entries_IsGoodInTheOrderGiven()
    {
        var numbers = Enumerable.Range(0, 1000).Select(i => $"+1555{(i * 7919) % 10_000_000:d7}").ToList();

        Assert.Equal(numbers, Good(WithRecipients(numbers)).Recipients.Unique);
    }

    [Fact]
    public void Read_Duplicates_KeepsTheFirstAndCountsTheRest()
    {
        var recipients = Good(WithRecipients([Bob, "+4407700900123", Ada, Bob, "+447700900123"])).Recipients;

        Assert.Equal([Bob, "+447700900123", Ada], recipients.Unique);
        Assert.Equal(2, recipients.Duplicates);
    }
}
