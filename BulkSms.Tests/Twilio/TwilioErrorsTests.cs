using BulkSms.Twilio;

namespace BulkSms.Tests.Twilio;

public sealed class TwilioErrorsTests
{
    private static readonly int[] Statuses = [.. Enumerable.Range(100, 500)];

    private static readonly int[] Codes = [.. TwilioErrorTable.All.Keys];

    [Theory]
    [InlineData(ErrorClass.Rejected, 21211, 21214, 21217, 21265, 21266, 21268, 21612, 21614, 21635, 30004, 30005, 30006)] // the recipient
    [InlineData(ErrorClass.Rejected, 21602, 21617, 21618, 21658, 30007)] // the content
    [InlineData(ErrorClass.Rejected, 21408, 21703, 21606, 21659, 21660, 21661, 30018, 30024, 30032, 30034, 30035)] // the country or the sender
    [InlineData(ErrorClass.OptedOut, 21610)]
    [InlineData(ErrorClass.Suspend, 20003, 20005, 20404, 10001, 30002, 21603, 21608, 21609, 21701, 21702, 21704, 21705, 63038)] // the account, its set-up, ours
    [InlineData(ErrorClass.Retry, 21611, 21730, 14107, 63017)] // not processed
    [InlineData(ErrorClass.Unconfirmed, 20409, 20500)]
    [InlineData(ErrorClass.Rejected, 10999, 21999, 45678, 99999)] // unknown ones
    public void Classify_4xxWithACode_IsTheCodesClass(ErrorClass expected, params int[] codes) =>
        Assert.All(codes, code => Assert.All([400, 401, 403, 404], status => Assert.Equal(expected, TwilioErrors.Classify(status, code))));

    [Theory]
    [InlineData(429, 20429, ErrorClass.Retry)]
    [InlineData(503, 20503, ErrorClass.Retry)]
    [InlineData(429, 20500, ErrorClass.Retry)] // no 429 was processed
    [InlineData(429, 20503, ErrorClass.Retry)]
    [InlineData(429, 21211, ErrorClass.Retry)]
    [InlineData(429, 63038, ErrorClass.Suspend)]
    [InlineData(400, 20429, ErrorClass.Unconfirmed)] // a code that contradicts its status
    [InlineData(400, 20503, ErrorClass.Unconfirmed)]
    [InlineData(400, 20500, ErrorClass.Unconfirmed)]
    [InlineData(503, 20429, ErrorClass.Unconfirmed)]
    [InlineData(500, 20500, ErrorClass.Unconfirmed)]
    [InlineData(500, 21211, ErrorClass.Unconfirmed)]
    [InlineData(503, 20003, ErrorClass.Unconfirmed)]
    [InlineData(429, 0, ErrorClass.Unconfirmed)]
    [InlineData(429, 429, ErrorClass.Unconfirmed)] // a code that is none of Twilio's
    [InlineData(400, 0, ErrorClass.Unconfirmed)]
    [InlineData(400, 400, ErrorClass.Unconfirmed)]
    [InlineData(400, -21211, ErrorClass.Unconfirmed)]
    [InlineData(302, 21211, ErrorClass.Unconfirmed)]
    public void Classify_StatusAndCode_AreBothWeighed(int status, int code, ErrorClass expected) =>
        Assert.Equal(expected, TwilioErrors.Classify(status, code));

    [Fact]
    public void Classify_NoCode_IsUnconfirmedWhateverTheStatus() =>
        Assert.All(Statuses, status => Assert.Equal(ErrorClass.Unconfirmed, TwilioErrors.Classify(status, null)));

    // Twilio accepts a message, or refuses it with a code of its own. Only then is it known that the message is not with Twilio.
    [Fact]
    public void Classify_Retry_IsOnlyWhatWasSurelyNotProcessed() => Assert.All(
        Statuses.SelectMany(status => Codes.Append(77777).Select(code => (status, code))).Where(answer => TwilioErrors.Classify(answer.status, answer.code) == ErrorClass.Retry),
        answer => Assert.True(answer is (503, 20503) || (answer.status is >= 400 and < 500)));

    [Fact]
    public void Classify_Outside4xx_DecidesNothing() => Assert.All(
        Statuses.Where(status => status is < 400 or > 499),
        status => Assert.All(
            Codes.Where(code => (status, code) != (503, 20503)),
            code => Assert.Equal(ErrorClass.Unconfirmed, TwilioErrors.Classify(status, code))));

    // After acceptance nothing is sent again by itself: no answer to a call is classified as "told later".
    [Fact]
    public void Classify_AnyAnswer_IsAClassOfACall() => Assert.All(
        Statuses.SelectMany(status => Codes.Select(code => TwilioErrors.Classify(status, code))).Distinct(), found => Assert.NotEqual(ErrorClass.Ended, found));

    // Told in callbacks, where nothing retries them.
    [Theory]
    [InlineData(30003, 30008, 30017, 30023, 30027, 30410, 30500)]
    public void Table_FailuresAfterAcceptance_EndThere(params int[] codes) => Assert.All(codes, code => Assert.Equal(ErrorClass.Ended, TwilioErrorTable.All[code].Class));

    [Fact]
    public void Table_CodesOfACountry_AreKnownAndRefuseOrEnd() => Assert.All(
        TwilioErrorTable.OfCountry, code => Assert.Contains(TwilioErrorTable.All[code].Class, new[] { ErrorClass.Rejected, ErrorClass.Ended }));

    [Theory]
    [InlineData(63038, "01:00:00")]
    [InlineData(20003, null)]
    [InlineData(21704, null)]
    [InlineData(77777, null)]
    public void ProbeEvery_OnlyWhatEndsByItself_IsProbed(int code, string? every) =>
        Assert.Equal(every is null ? null : TimeSpan.Parse(every, System.Globalization.CultureInfo.InvariantCulture), TwilioErrors.ProbeEvery(code));

    [Fact]
    public void Words_KnownCode_AreWordsWithoutTheCode() => Assert.All(Codes, code =>
    {
        Assert.True(TwilioErrors.IsKnown(code));
        Assert.NotEqual("unknown error", TwilioErrors.Words(code));
        Assert.Matches("^[a-zA-Z0-9].{5,70}$", TwilioErrors.Words(code));
        Assert.DoesNotContain(code.ToString(System.Globalization.CultureInfo.InvariantCulture), TwilioErrors.Words(code), StringComparison.Ordinal);
    });

    [Fact]
    public void Words_UnknownCode_SaySo()
    {
        Assert.False(TwilioErrors.IsKnown(77777));
        Assert.Equal("unknown error", TwilioErrors.Words(77777));
    }
}
