using BulkSms.LocalHost;
using BulkSms.Cases;

namespace BulkSms.Tests.Cases;

/// <summary>Inputs that people really have, in files of our own: <c>dotnet run --project tools/Cases -- BulkSms.Tests/Cases</c> runs them too.</summary>
public sealed class CaseTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "BulkSms.Tests", "Cases");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.jsonl", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Run_FileOfCases_NoneDiffers(string file)
    {
        await using var suite = new CaseSuite();

        var report = await suite.RunFileAsync(Folder, file, TextWriter.Null);

        Assert.Empty(report.Differences);
        Assert.True(report.IsClean);
    }

    [Fact]
    public async Task RunFolder_ACaseThatDiffers_IsALineAndNotClean()
    {
        var folder = Directory.CreateTempSubdirectory("bulksms-cases-").FullName;
        await File.WriteAllLinesAsync(Path.Combine(folder, "answers.jsonl"),
            [
                """{"http": 400, "code": 21610, "expect": "rejected", "why": "it is an opt-out"}""",
                "",
                """{"http": 400, "code": 21610, "expect": "optedOut"}""",
                """{"http": 400, "code": 21610, "expect": "rejected", "issue": "later"}""",
            ]);
        await File.WriteAllTextAsync(Path.Combine(folder, "others.jsonl"), "");
        await using var suite = new CaseSuite();
        var output = new StringWriter();

        var report = await suite.RunFolderAsync(folder, output);
        Directory.Delete(folder, recursive: true);

        Assert.Equal((2, 1, 1, false), (report.Run, report.Differences.Count, report.Waiting, report.IsClean));
        Assert.Equal(["others.jsonl"], report.Unread);
        Assert.StartsWith("answers.jsonl:1: expected rejected, got optedOut", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("(it is an opt-out)", output.ToString(), StringComparison.Ordinal);
    }
}
