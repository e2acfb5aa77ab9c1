using BulkSms.Twilio;

namespace BulkSms.Tests.Twilio;

public sealed class TwilioErrorsTests
{
    private static readonly int[] Statuses = [.. Enumerable.Range(100, 500)];

    private static readonly int[] Codes =
    [
        10001, 20003, 20005, 20429, 20500, 20503, 21211, 21214, 21217, 21265, 21268, 21408, 21602, 21603, 21606, 21608, 21610, 21612, 21614, 21617,
        21635, 21658, 21659, 21703, 21704, 21705, 30001, 30002, 30003, 30004, 30005, 30006, 30007, 30008, 30018, 30022, 30024, 30032, 30034, 30035, 30500,
    ];

    [Theory]
    [InlineData(ErrorClass.Rejected, 21211, 21214, 21217, 21265, 21268, 21612, 21614, 21635, 30004, 30005, 30006)] // the recipient
    [InlineData(ErrorClass.Rejected, 21602, 21617, 21658, 30007)] // the content
    [InlineData(ErrorClass.Rejected, 21408, 21703, 21704, 21705, 21606, 21659, 30018, 30024, 30032, 30034, 30035)] // the country or the sender
    [InlineData(ErrorClass.OptedOut, 21610)]
    [InlineData(ErrorClass.Suspend, 20003, 20005, 10001, 30002, 21603, 21608)] // the account
    [InlineData(ErrorClass.Rejected, 1, 21999, 45678, 99999)] // unknown ones
    public void Classify_4xxWithACode_IsTheCodesClass(ErrorClass expected, params int[] codes) =>
        Assert.All(codes, code => Assert.All([400, 401, 403, 404], status => Assert.Equal(expected, TwilioErrors.Classify(status, code))));

    [Theory]
    [InlineData(429, 20429, ErrorClass.Retry)]
    [InlineData(503, 20503, ErrorClass.Retry)]
    [InlineData(400, 20429, ErrorClass.Unconfirmed)] // a code that contradicts its status
    [InlineData(400, 20503, ErrorClass.Unconfirmed)]
    [InlineData(400, 20500, ErrorClass.Unconfirmed)]
    [InlineData(429, 20500, ErrorClass.Unconfirmed)]
    [InlineData(503, 20429, ErrorClass.Unconfirmed)]
    [InlineData(429, 20503, ErrorClass.Unconfirmed)]
    [InlineData(500, 20500, ErrorClass.Unconfirmed)]
    [InlineData(500, 21211, ErrorClass.Unconfirmed)]
    [InlineData(503, 20003, ErrorClass.Unconfirmed)]
    [InlineData(429, 0, ErrorClass.Unconfirmed)]
    [InlineData(400, 0, ErrorClass.Unconfirmed)]
    [InlineData(400, -21211, ErrorClass.Unconfirmed)]
    [InlineData(302, 21211, ErrorClass.Unconfirmed)]
    public void Classify_StatusAndCode_AreBothWeighed(int status, int code, ErrorClass expected) =>
        Assert.Equal(expected, TwilioErrors.Classify(status, code));

    [Fact]
    public void Classify_NoCode_IsUnconfirmedWhateverTheStatus() =>
        Assert.All(Statuses, status => Assert.Equal(ErrorClass.Unconfirmed, TwilioErrors.Classify(status, null)));

    [Fact]
    public void Classify_AnythingElse_IsNeverRetried() => Assert.Equal(
        [(429, 20429), (503, 20503)],
        Statuses.SelectMany(status => Codes.Append(77777).Select(code => (status, code)))
            .Where(answer => TwilioErrors.Classify(answer.status, answer.code) == ErrorClass.Retry));

    [Fact]
    public void Classify_Outside4xx_DecidesNothing() => Assert.All(
        Statuses.Where(status => status is < 400 or > 499),
        status => Assert.All(
            Codes.Where(code => (status, code) != (503, 20503)),
            code => Assert.Equal(ErrorClass.Unconfirmed, TwilioErrors.Classify(status, code))));

    [Fact]
    public void Words_KnownCode_AreWordsWithoutTheCode() => Assert.All(Codes, code =>
    {
        Assert.True(TwilioErrors.IsKnown(code));
        Assert.NotEqual("unknown error", TwilioErrors.Words(code));
        Assert.DoesNotContain(code.ToString(System.Globalization.CultureInfo.InvariantCulture), TwilioErrors.Words(code), StringComparison.Ordinal);
    });

    [Fact]
    public void Words_UnknownCode_SaySo()
    {
        Assert.False(TwilioErrors.IsKnown(77777));
        Assert.Equal("unknown error", TwilioErrors.Words(77777));
    }
}
