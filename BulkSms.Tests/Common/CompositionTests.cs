using System.Security.Cryptography;
using System.Text;
using BulkSms.Common;
using FsCheck.Xunit;

namespace BulkSms.Tests.Common;

public sealed class CompositionTests
{
    /// <summary>SHA-256 of what Python's unicodedata 14.0.0 makes of the texts of <see cref="Of_EveryCharacterInContext_IsWhatUnicodeSays"/>, each ended by a zero byte.</summary>
    private const string Digest = "c6c4b6c47e671714e03151d235ece1e7e2f0ef0489c13dbe763516bead1c84e7";

    /// <summary>Where Unicode has characters other than ideographs that stand for themselves: planes 0 and 1, compatibility ideographs, tags and selectors.</summary>
    private static readonly (int First, int Last)[] Ranges = [(0, 0x1FFFF), (0x2F800, 0x2FFFF), (0xE0000, 0xE0FFF)];

    [Theory]
    [InlineData("Cafe\u0301", "Café")]
    [InlineData("Café", "Café")]
    [InlineData("\u212B", "Å")]
    [InlineData("\u2126", "Ω")] // the ohm sign is UCS-2, the Greek letter GSM-7
    [InlineData("u\u031B\u0300", "ừ")]
    [InlineData("u\u0300\u031B", "ừ")]
    [InlineData("\u0958", "\u0915\u093C")] // longer than before
    [InlineData("\u1112\u1175\u11C2", "힣")]
    [InlineData("가\u11A8", "각")]
    [InlineData("x\u0302", "x\u0302")]
    [InlineData("<\u0338", "≮")]
    [InlineData("👩\u200D⚕\uFE0F 🇩🇪 ½ … ﬁ", "👩\u200D⚕\uFE0F 🇩🇪 ½ … ﬁ")]
    [InlineData("", "")]
    public void Of_Text_IsItsComposition(string text, string expected) => Assert.Equal(expected, Composition.Of(text));

    [Fact]
    public void Of_EveryCharacterInContext_IsWhatUnicodeSays()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var point in Ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1)).Where(Rune.IsValid))
        {
            var character = char.ConvertFromUtf32(point);
            foreach (var text in new[] { character, character + "\u0301", "e\u0323" + character + "\u0302", "\u1100" + character + "\u11A8" })
            {
                hash.AppendData(Encoding.UTF8.GetBytes(Composition.Of(text) + "\0"));
            }
        }

        Assert.Equal(Digest, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Property]
    public bool Of_WhatIsComposed_StaysAsItIs(string text) => Composition.Of(Composition.Of(text ?? "")) == Composition.Of(text ?? "");
}
