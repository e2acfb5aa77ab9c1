using System.Text.RegularExpressions;
using BulkSms.LocalHost;
using BulkSms.Recipients;

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

    [Fact]
    public void Sources_All_AreAtMost250Lines()
    {
        var long_ = from file in Sources() let lines = File.ReadLines(file).Count() where lines > MostLines && !IsTable(file) select $"{Path.GetRelativePath(Repository.Root, file)}: {lines}";
        Assert.Empty(long_);
    }

    [Fact]
    public void Methods_All_AreAtMost50Lines() =>
        Assert.Empty(from file in Sources() where !IsTable(file) from method in LongMethods(File.ReadAllLines(file)) select $"{Path.GetRelativePath(Repository.Root, file)}, line {method}");

    // The names are constants, which no compiled assembly shows.
    [Fact]
    public void Columns_OfRecipients_AreNamedInTheirFolderOnly() => Assert.Empty(
        from file in Sources()
        let path = Path.GetRelativePath(Repository.Root, file)
        where path.StartsWith($"BulkSms{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !path.StartsWith(Path.Combine("BulkSms", "Recipients"), StringComparison.Ordinal)
        where File.ReadAllText(file) is var text && (text.Contains(nameof(RecipientColumns), StringComparison.Ordinal) || text.Contains("$\"status eq", StringComparison.Ordinal))
        select path);

    // Tables of codes and of words are data.
    private static bool IsTable(string file) =>
        Path.GetFileName(file) == "TwilioErrorTable.cs" || file.Contains($"{Path.DirectorySeparatorChar}Languages{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static IEnumerable<string> Sources() => new[] { "BulkSms", "BulkSms.Functions", "BulkSms.Functions.Tests", "BulkSms.Tests", "clients", "tools" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    // A member begins at a line with an access modifier, and its block ends at the brace of the same depth.
    private static IEnumerable<int> LongMethods(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (Member().Match(lines[i]) is not { Success: true } member || lines.Skip(i).FirstOrDefault(line => line.Trim() == "{" || line.Contains("=>", StringComparison.Ordinal))?.Trim() != "{")
            {
                continue; // an expression is no block
            }

            var end = Array.FindIndex(lines, i + 1, line => line.StartsWith(member.Groups["indent"].Value + "}", StringComparison.Ordinal));
            var next = Array.FindIndex(lines, i + 1, line => Member().IsMatch(line) && line.StartsWith(member.Groups["indent"].Value + "p", StringComparison.Ordinal));
            if (end > 0 && (next < 0 || end < next) && end - i + 1 > MostMethodLines)
            {
                yield return i + 1;
            }
        }
    }

    private const int MostLines = 250;
    private const int MostMethodLines = 50;

    [GeneratedRegex(@"^(?<indent> {4,8})(public|private|internal|protected)\b(?!.*\b(record|class|struct|new)\b)[^=;]*\((?!.*=>)[^;]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Member();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Namespace();
}
