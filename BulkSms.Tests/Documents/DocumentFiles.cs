using BulkSms.LocalHost;

namespace BulkSms.Tests.Documents;

/// <summary>The documents of this repository. With <c>BULKSMS_WRITE_DOCS=1</c> the tests write what they would compare: see docs/development.md.</summary>
internal static class DocumentFiles
{
    private static readonly string[] Folders = ["docs", ".github"];

    /// <summary>Whether tests write the generated parts of the documents instead of comparing them.</summary>
    public static bool Writes { get; } = Environment.GetEnvironmentVariable("BULKSMS_WRITE_DOCS") == "1";

    /// <summary>Every Markdown file, by its path within the repository.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string PathOf(string document) => Path.Combine(Repository.Root, document);

    public static string Read(string document) => File.ReadAllText(PathOf(document)).ReplaceLineEndings("\n");

    /// <summary>Compares a part of a document with what it must say, or writes it.</summary>
    /// <param name="document">The document.</param>
    /// <param name="name">The part stands between the comments <c>generated: name</c> and <c>end of name</c>.</param>
    /// <param name="expected">What it must say.</param>
    public static void HoldPart(string document, string name, string expected)
    {
        var text = Read(document);
        var (begin, end) = ($"<!-- generated: {name} -->\n", $"<!-- end of {name} -->");
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, text.IndexOf(end, StringComparison.Ordinal));
        Assert.True(from >= begin.Length && to >= from, $"{document} has no part {name}.");
        if (Writes)
        {
            File.WriteAllText(PathOf(document), text[..from] + expected + text[to..]);
        }
        else
        {
            Assert.Equal(expected, text[from..to]);
        }
    }
}
