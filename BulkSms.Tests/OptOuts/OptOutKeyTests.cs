using BulkSms.OptOuts;
using FsCheck.Xunit;

namespace BulkSms.Tests.OptOuts;

/// <summary>By what a phone is on the list.</summary>
public sealed class OptOutKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Property]
    public bool PhoneOf_KeyOfAnySender_IsTheSender(string? text) => (text ?? "").EnumerateRunes().Any(rune => rune.Value == 0xFFFD)
        || OptOutKey.Of(OptOutKey.PhoneOf(OptOutKey.Of(text ?? ""))) == OptOutKey.Of(text ?? "");

    [Property]
    public bool Of_AnySender_IsAKeyThatATableTakesAmongTheNumbers(string? text)
    {
        var key = OptOutKey.Of(text ?? "");
        return OptOutKey.IsKey(key) && key.StartsWith('+') && key.All(c => c is > ' ' and < '\x7f' and not ('/' or '\\' or '#' or '?' or '%' or ','));
    }

    [Theory]
    [InlineData("+15551230001", "+15551230001", true)]
    [InlineData("+5491112345678", "+541112345678", true)]
    [InlineData("+541112345678", "+5491112345678", true)]
    [InlineData("+551187654321", "+5511987654321", true)]
    [InlineData("+5215512345678", "+525512345678", true)]
    [InlineData("447400123456", "+447400123456", true)] // a carrier left out the plus sign: not texting is the safe side
    [InlineData("+999123456789", "+999123456789", true)]
    [InlineData("12345", "12345", true)]
    [InlineData("BANK", "BANK", true)]
    [InlineData("BANK", "bank", false)]
    [InlineData("+551123456789", "+5511923456789", false)]
    public void Contains_OptOutByOneSpelling_IsFoundByTheOther(string optedOut, string asked, bool expected)
    {
        var loaded = new OptOutSet([optedOut], Now);
        var changed = new OptOutSet([], Now).With([new(optedOut, true, Now)], Now);

        Assert.Equal((expected, expected), (loaded.Contains(asked), changed.Contains(asked)));
    }

    [Theory]
    [InlineData("+15551230001", "+15551230001", true)]
    [InlineData("+44 7400 123456", "+447400123456", true)]
    [InlineData("+5215512345678", "+525512345678", true)]
    [InlineData("whatsapp:+15551230001", "+15551230001", true)]
    [InlineData("12345", "12345", false)]
    [InlineData("BANK", "BANK", false)]
    [InlineData("+999123456789", "+999123456789", false)]
    [InlineData("", null, false)]
    [InlineData(null, null, false)]
    public void TryRead_Sender_IsANumberOrAsItCame(string? from, string? expected, bool isNumber)
    {
        Assert.Equal(expected is not null, OptOutSender.TryRead(from, out var phone, out var number));
        Assert.Equal((expected ?? "", isNumber), (phone ?? "", number));
    }
}
