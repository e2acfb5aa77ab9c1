using BulkSms.Segments;

namespace BulkSms.Tests.Segments;

public sealed class MessageSegmentsTests
{
    [Theory]
    [InlineData("a", 0, SmsEncoding.Gsm7, 0, 0)]
    [InlineData("a", 1, SmsEncoding.Gsm7, 1, 1)]
    [InlineData("a", 160, SmsEncoding.Gsm7, 1, 160)]
    [InlineData("a", 161, SmsEncoding.Gsm7, 2, 161)]
    [InlineData("a", 306, SmsEncoding.Gsm7, 2, 306)]
    [InlineData("a", 307, SmsEncoding.Gsm7, 3, 307)]
    [InlineData("a", 1600, SmsEncoding.Gsm7, 11, 1600)]
    [InlineData("€", 80, SmsEncoding.Gsm7, 1, 160)]
    [InlineData("€", 81, SmsEncoding.Gsm7, 2, 162)]
    [InlineData("€", 152, SmsEncoding.Gsm7, 2, 304)]
    [InlineData("€", 153, SmsEncoding.Gsm7, 3, 306)]
    [InlineData("€", 1600, SmsEncoding.Gsm7, 22, 3200)]
    [InlineData("ж", 70, SmsEncoding.Ucs2, 1, 70)]
    [InlineData("ж", 71, SmsEncoding.Ucs2, 2, 71)]
    [InlineData("ж", 134, SmsEncoding.Ucs2, 2, 134)]
    [InlineData("ж", 135, SmsEncoding.Ucs2, 3, 135)]
    [InlineData("ж", 1600, SmsEncoding.Ucs2, 24, 1600)]
    [InlineData("😀", 35, SmsEncoding.Ucs2, 1, 70)]
    [InlineData("😀", 36, SmsEncoding.Ucs2, 2, 72)]
    [InlineData("😀", 66, SmsEncoding.Ucs2, 2, 132)]
    [InlineData("😀", 67, SmsEncoding.Ucs2, 3, 134)]
    [InlineData("😀", 800, SmsEncoding.Ucs2, 25, 1600)]
    public void Of_RepeatedCharacter_IsCounted(string character, int times, SmsEncoding encoding, int count, int units) =>
        Assert.Equal(new MessageSegments(encoding, count, units), MessageSegments.Of(Repeat(character, times)));

    [Theory]
    [InlineData(151, 153, 2)] // 151 + 2 fill the first segment exactly
    [InlineData(151, 154, 3)]
    [InlineData(152, 151, 2)] // one septet is left over: the escape sequence moves whole
    [InlineData(152, 152, 3)] // … and pushes the last septet out of the second
    [InlineData(153, 151, 2)]
    [InlineData(153, 152, 3)]
    public void Of_ExtensionCharacterAtTheSeam_IsNotSplit(int before, int after, int count) =>
        Assert.Equal(count, MessageSegments.Of(Repeat("a", before) + "{" + Repeat("a", after)).Count);

    [Theory]
    [InlineData(65, 67, 2)] // 65 + 2 fill the first segment exactly
    [InlineData(65, 68, 3)]
    [InlineData(66, 65, 2)] // one unit is left over: the pair moves whole
    [InlineData(66, 66, 3)] // … and pushes the last unit out of the second
    [InlineData(67, 65, 2)]
    [InlineData(67, 66, 3)]
    public void Of_SurrogatePairAtTheSeam_IsNotSplit(int before, int after, int count) =>
        Assert.Equal(count, MessageSegments.Of(Repeat("ж", before) + "😀" + Repeat("ж", after)).Count);

    [Theory]
    [InlineData("Grüße", SmsEncoding.Gsm7)]
    [InlineData("ç", SmsEncoding.Ucs2)] // only the capital is in the alphabet
    [InlineData("it’s", SmsEncoding.Ucs2)]
    [InlineData("a\tb", SmsEncoding.Ucs2)]
    [InlineData("\u001b", SmsEncoding.Ucs2)]
    [InlineData("\u00a0", SmsEncoding.Ucs2)]
    public void Of_Text_IsGsmOnlyWithinTheAlphabet(string text, SmsEncoding encoding) =>
        Assert.Equal(encoding, MessageSegments.Of(text).Encoding);

    [Fact]
    public void Of_160Characters_AllocatesNothing()
    {
        var text = Repeat("Grüße {€} ", 16);
        _ = MessageSegments.Of(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = MessageSegments.Of(text);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
