using BulkSms.Http;

namespace BulkSms.Tests.Http;

public sealed class FieldErrorsTests
{
    [Fact]
    public void New_NoFaults_IsEmpty()
    {
        var errors = new FieldErrors();

        Assert.False(errors.Any);
        Assert.Equal(0, errors.Count);
        Assert.Empty(errors.First);
    }

    [Fact]
    public void Add_SamePathTwice_JoinsTheFaultsInOrder()
    {
        var errors = new FieldErrors();
        errors.Add("$.message", "first");
        errors.Add("$.recipients", "other");
        errors.Add("$.message", "second");

        Assert.Equal(3, errors.Count);
        Assert.Equal(["$.message", "$.recipients"], errors.First.Keys);
        Assert.Equal(["first", "second"], errors.First["$.message"]);
    }

    [Fact]
    public void Add_PathsThatDifferInCase_AreKeptApart()
    {
        var errors = new FieldErrors();
        errors.Add("$.message", "one");
        errors.Add("$.Message", "other");

        Assert.Equal(2, errors.First.Count);
    }

    [Theory]
    [InlineData(99, 99)]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    [InlineData(5000, 100)]
    public void Add_ManyFaults_ShowsTheFirst100AndCountsAll(int added, int shown)
    {
        var errors = new FieldErrors();
        for (var i = 0; i < added; i++)
        {
            errors.Add($"$.recipients[{i}]", "is wrong");
        }

        Assert.True(errors.Any);
        Assert.Equal(added, errors.Count);
        Assert.Equal(Enumerable.Range(0, shown).Select(i => $"$.recipients[{i}]"), errors.First.Keys);
    }
}
