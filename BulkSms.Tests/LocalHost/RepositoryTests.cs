using BulkSms.LocalHost;

namespace BulkSms.Tests.LocalHost;

public class RepositoryTests
{
    [Fact]
    public void Root_HasTheSolution() => Assert.True(File.Exists(Path.Combine(Repository.Root, "BulkSms.Functions.sln")));

    [Fact]
    public void Above_FirstFolderIsElsewhere_TakesTheNext() => Assert.Equal(Repository.Root, Repository.Above(Path.GetTempPath(), AppContext.BaseDirectory));

    // A SetupException is told in one line; one within a type's initializer would be a stack trace.
    [Fact]
    public void Above_NoneIsInTheRepository_SaysWhereItLooked()
    {
        var e = Assert.Throws<SetupException>(() => Repository.Above(Path.GetTempPath()));

        Assert.Contains(Path.GetTempPath(), e.Message, StringComparison.Ordinal);
    }
}
