using BulkSms.Chaos;
using BulkSms.LocalHost;

namespace BulkSms.Tests.Chaos;

public sealed class ChaosOptionsTests
{
    [Fact]
    public void Old_IsTheProgramInItsFolder()
    {
        var program = typeof(LocalHostApp).Assembly.Location;

        Assert.Equal(program, ChaosOptions.Parse(["--runs", "2", "--old", Path.GetDirectoryName(program)!]).Old);
        Assert.Null(ChaosOptions.Parse([]).Old);
        Assert.Throws<ArgumentException>(() => ChaosOptions.Parse(["--old", Path.GetTempPath()])); // there is none
        Assert.Throws<ArgumentException>(() => ChaosOptions.Parse(["--old"]));
    }
}
