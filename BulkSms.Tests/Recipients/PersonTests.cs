using BulkSms.Recipients;

namespace BulkSms.Tests.Recipients;

/// <summary>Which texts may mean a person's phone.</summary>
public sealed class PersonTests
{
    private static readonly Person Ada = new("+5215512345678");

    [Theory]
    [InlineData("+525512345678", true)]
    [InlineData("52 1 55 1234 5678 ext. 9", true)]
    [InlineData("55-1234-5678", true)]
    [InlineData("055 1234 5678", true)]
    [InlineData("could be +525512345678 or +15512345678", true)]
    [InlineData("1234 5678", false)] // a part of many numbers
    [InlineData("+12015550102", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void MayBeMeantBy_ANumberHoweverItIsWritten(string? written, bool expected) => Assert.Equal(expected, Ada.MayBeMeantBy(written));

    [Fact]
    public void Numbers_AreThoseOfThePhone()
    {
        Assert.Equal(["+525512345678", "+5215512345678"], Ada.Numbers);
        Assert.True(Ada.Has("+525512345678"));
        Assert.False(Ada.Has("+12015550102"));
        Assert.DoesNotContain("123456", Ada.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Place_OfARow_IsTheSameUnderOneSecretAndAnotherUnderAnother()
    {
        var key = RecipientKey.Of("b", "+12015550101", 16);
        var (one, other) = (new byte[32], Enumerable.Repeat((byte)1, 32).ToArray());

        Assert.Equal(ErasedPlace.Of(key, "+12015550101", one), ErasedPlace.Of(key, "+12015550101", one));
        Assert.NotEqual(ErasedPlace.Of(key, "+12015550101", one).Id, ErasedPlace.Of(key, "+12015550101", other).Id);
        Assert.Equal((key.Shard, "US"), (ErasedPlace.Of(key, "+12015550101", one).Shard, ErasedPlace.Of(key, "+12015550101", one).Country));
        Assert.True(RecipientKey.IsWellFormed(ErasedPlace.Of(key, "+12015550101", one).Id));
    }
}
