using System.Text.RegularExpressions;

namespace BulkSms.Tests.Documents;

/// <summary>What a document points to is there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Links_Relative_NameAFileAndAnAnchorThatExist()
    {
        var broken =
            from document in DocumentFiles.All
            from link in Markdown.LinksOf(DocumentFiles.Read(document))
            where !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)
            let fault = FaultOf(document, link)
            where fault is not null
            select $"{document}: {link} {fault}";
        Assert.Empty(broken);
    }

    [Fact]
    public void Events_InDocuments_AreLogged()
    {
        var known = Number().Matches(DocumentFiles.Read("docs/log-events.md")).Select(match => match.Groups["number"].Value).ToHashSet(StringComparer.Ordinal);
        var unknown =
            from document in DocumentFiles.All
            from match in Event().Matches(DocumentFiles.Read(document))
            from number in match.Groups["number"].Captures
            where !known.Contains(number.Value)
            select $"{document}: {number.Value}";
        Assert.Empty(unknown);
    }

    [Fact]
    public void TestClasses_InDocuments_Exist()
    {
        var classes = new[] { "BulkSms.Tests", "BulkSms.Functions.Tests" }
            .SelectMany(project => Directory.EnumerateFiles(DocumentFiles.PathOf(project), "*.cs", SearchOption.AllDirectories))
            .Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        var missing =
            from document in DocumentFiles.All
            from match in TestClass().Matches(DocumentFiles.Read(document))
            where !classes.Contains(match.Groups["name"].Value)
            select $"{document}: {match.Value}";
        Assert.Empty(missing);
    }

    [Fact]
    public void Alerts_All_HaveASectionOfTheRunbook()
    {
        var alerts = AlertName().Matches(File.ReadAllText(DocumentFiles.PathOf("infra/app/alerts.bicep"))).Select(match => match.Groups["name"].Value).ToArray();
        var sections = Markdown.AnchorsOf(DocumentFiles.Read("docs/operations.md"));

        Assert.True(alerts.Length > 5);
        Assert.DoesNotContain(alerts, alert => !sections.Contains(alert));
    }

    [Fact]
    public void Documents_InDocs_AreAllInTheIndexOfTheReadme()
    {
        var indexed = Markdown.LinksOf(DocumentFiles.Read("README.md")).Select(link => link.Split('#')[0]).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(DocumentFiles.All, document =>
            document.StartsWith("docs/", StringComparison.Ordinal) && !indexed.Contains(document) && !(document.StartsWith("docs/adr/", StringComparison.Ordinal) && indexed.Contains("docs/adr/")));
    }

    private static string? FaultOf(string document, string link)
    {
        var (path, anchor) = link.Split('#', 2) is [var first, var second] ? (first, second) : (link, null);
        var target = path.Length == 0 ? DocumentFiles.PathOf(document) : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(DocumentFiles.PathOf(document))!, path));
        return !File.Exists(target) && !Directory.Exists(target) ? "does not exist"
            : anchor is not null && !Markdown.AnchorsOf(File.ReadAllText(target).ReplaceLineEndings("\n")).Contains(anchor) ? "names no heading"
            : null;
    }

    [GeneratedRegex("`([A-Za-z]+/)*(?<name>[A-Z][A-Za-z0-9]+Tests)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestClass();

    [GeneratedRegex(@"^\| (?<number>\d{4}) \|", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b[Ee]vents? (?<number>\d{4})((, | and | or | to )(?<number>\d{4}))*\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Event();

    [GeneratedRegex(@"^    name: '(?<name>[a-z-]+)'|-(?<name>vault-failures)'", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AlertName();
}
