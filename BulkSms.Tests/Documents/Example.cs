namespace BulkSms.Tests.Documents;

/// <summary>A command of a document, in a block <c>sh</c>, and the answer that the document shows right after it.</summary>
/// <param name="Command">What is typed.</param>
/// <param name="Answer">The block <c>json</c>, <c>csv</c> or <c>text</c> after it; null: the document shows no answer.</param>
internal sealed record Example(Fence Command, Fence? Answer)
{
    private const string Shell = "sh";
    private static readonly string[] Answers = ["json", "csv", "text"];
    private static readonly string[] Sending = [" -X ", " -d ", " -F ", " --data"];

    /// <summary>Whether it only reads, so that it may be repeated until what it waits for has come about.</summary>
    public bool Reads => Command.Text.Contains("curl ", StringComparison.Ordinal) && !Sending.Any(option => Command.Text.Contains(option, StringComparison.Ordinal));

    /// <summary>The examples of a document, in order.</summary>
    public static IReadOnlyList<Example> Of(string text)
    {
        var fences = Markdown.FencesOf(text);
        return
        [
            .. from pair in fences.Zip(fences.Skip(1).Append(null))
               where pair.First.Language == Shell
               select new Example(pair.First, pair.Second is { } next && Answers.Contains(next.Language) ? next : null),
        ];
    }
}
