using System.Text.RegularExpressions;
using BulkSms.LocalHost;

namespace BulkSms.Tests.Architecture;

/// <summary>What no compiled assembly shows: where the sources stand.</summary>
public sealed partial class SourceTests
{
    [Theory]
    [InlineData("BulkSms")]
    [InlineData("BulkSms.Tests")]
    public void Sources_All_HaveTheNamespaceOfTheirFolder(string project)
    {
        var root = Path.Combine(Repository.Root, project);
        var wrong =
            from file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            let folder = Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')
            where !folder.StartsWith(project + ".obj", StringComparison.Ordinal) && !folder.StartsWith(project + ".bin", StringComparison.Ordinal)
            let found = Namespace().Match(File.ReadAllText(file))
            where found.Success && found.Groups["name"].Value != folder
            select $"{Path.GetRelativePath(Repository.Root, file)}: {found.Groups["name"].Value}";
        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Namespace();
}
