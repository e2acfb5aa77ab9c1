using BulkSms.Common;

namespace BulkSms.Tests.Common;

public sealed class WorkDoneTests
{
    [Fact]
    public void New_HasDoneNothing()
    {
        var done = new WorkDone();

        Assert.Equal((false, null, 0), (done.HasBegun, done.Fact, done.Counts.Count));
    }

    [Fact]
    public void Count_FromManyThreads_AddsUp()
    {
        var done = new WorkDone();

        Parallel.For(0, 1000, i => done.Count(i % 2 == 0 ? "added" : "known", 2));

        Assert.Equal((1000, 1000), (done.Counts["added"], done.Counts["known"]));
    }

    [Fact]
    public void Say_Again_ReplacesWhatWasSaid()
    {
        var done = new WorkDone();
        done.Begin();
        done.Say("One.");
        done.Say("Two.");

        Assert.Equal((true, "Two."), (done.HasBegun, done.Fact));
    }
}
