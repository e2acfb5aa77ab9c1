using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.Twilio;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Twilio;

public sealed class StatusCallbackUrlTests
{
    private const string Broadcast = "0123456789abcdef0123456789ab";
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("https://sms.example")]
    [InlineData("https://sms.example/")]
    public void For_Claim_IsTheAddressWithRetriesInTheFragment(string root) => Assert.Equal(
        $"https://sms.example/api/webhooks/status?b={Broadcast}&c=c1&r={Id}&s=3#rc=5&rp=all",
        Url(root).For(new(Broadcast, 3, Id), "c1")?.AbsoluteUri);

    [Fact]
    public void For_NoPublicAddress_IsNone() => Assert.Null(new StatusCallbackUrl(Options.Create(new WebhookOptions())).For(new(Broadcast, 3, Id), "c1"));

    [Property]
    public bool KeyOf_OurAddress_IsTheRow(PositiveInt number)
    {
        var key = RecipientKey.Of(Broadcast, $"+1555{number.Get}", 16);
        var url = Url("https://sms.example").For(key, Guid.NewGuid().ToString("N"))!;
        return StatusCallbackUrl.KeyOf(Query(url.Query)) == key;
    }

    [Fact]
    public void For_AnyRow_HasOnlyUnreservedCharactersInItsValues()
    {
        var query = QueryHelpers.ParseQuery(Url("https://sms.example").For(new(Broadcast, 15, Id), Guid.Empty.ToString())!.Query);

        Assert.Equal(["b", "c", "r", "s"], query.Keys);
        Assert.All(query.Values, value => Assert.Matches("^[0-9a-f-]+$", value.ToString()));
    }

    // Twilio has been seen to deliver a query sorted that it had signed as given.
    [Theory]
    [InlineData(null)]
    [InlineData("00-0123456789abcdef0123456789abcdef-0123456789abcdef-01")]
    public void For_AnyClaim_HasItsParametersInAlphabeticalOrder(string? trace)
    {
        string[] names = [.. QueryHelpers.ParseQuery(Url("https://sms.example").For(new(Broadcast, 15, Id), "c1", trace)!.Query).Keys];

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Theory]
    [InlineData($"?b={Broadcast}&s=15&r={Id}", true)] // the claim is not needed to find the row
    [InlineData($"?b={Broadcast}&s=0&r={Id}&c=c1&more=1", true)]
    [InlineData("", false)]
    [InlineData($"?s=0&r={Id}", false)]
    [InlineData($"?b={Broadcast}&r={Id}", false)]
    [InlineData($"?b={Broadcast}&s=0", false)]
    [InlineData($"?b={Broadcast}&s=&r={Id}", false)]
    [InlineData($"?b={Broadcast}&s=16&r={Id}", false)]
    [InlineData($"?b={Broadcast}&s=-1&r={Id}", false)]
    [InlineData($"?b={Broadcast}&s=%201&r={Id}", false)]
    [InlineData($"?b={Broadcast}&s=99999999999&r={Id}", false)]
    [InlineData($"?b={Broadcast}&b={Broadcast}&s=0&r={Id}", false)]
    [InlineData($"?b={Broadcast}&s=0&s=1&r={Id}", false)]
    [InlineData($"?b={Broadcast}0&s=0&r={Id}", false)]
    [InlineData($"?b={Broadcast}&s=0&r={Id}%27", false)]
    [InlineData("?b=0123456789ABCDEF0123456789AB&s=0&r=0123456789abcdef0123456789abcdef", false)]
    public void KeyOf_Query_IsARowOnlyIfWellFormed(string query, bool expected) => Assert.Equal(expected, StatusCallbackUrl.KeyOf(Query(query)) is not null);

    private static StatusCallbackUrl Url(string root) => new(Options.Create(new WebhookOptions { PublicBaseUrl = new(root) }));

    private static QueryCollection Query(string query) => new(QueryHelpers.ParseQuery(query));
}
