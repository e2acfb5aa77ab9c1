using System.Text.RegularExpressions;
using BulkSms.LocalHost;

namespace BulkSms.Tests.Documents;

/// <summary>
/// The words of docs/glossary.md and of the API, in code, options, logs and documents; and sentences with a component or the reader as their subject.
/// </summary>
public sealed class WordTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string[] Roots = ["BulkSms", "BulkSms.Functions", "BulkSms.Functions.Tests", "BulkSms.Tests", "clients", "http", "tools", "infra", "deploy", "docs", ".github", ".ci"];
    private static readonly string[] Kinds = [".cs", ".md", ".bicep", ".bicepparam", ".sh", ".yml", ".json", ".http", ""];
    private static readonly string[] NotOurs = ["/bin/", "/obj/", "/node_modules/", "tools/azurite/", "tools/chromium/"];

    /// <summary>What people write, which is read and not said by us; and this list.</summary>
    private static readonly string[] TheirWords = ["BulkSms/OptOuts/Wording/", "BulkSms/OptOuts/OptOutWords.cs", "BulkSms.Tests/OptOuts/InboundTextTests.cs", "BulkSms.Tests/Documents/WordTests.cs"];

    private static readonly (Regex Old, string New)[] Words =
    [
        .. from pair in new[]
           {
               ("nudg(e|ing)", "send job; enqueue, requeue"),
               (@"\b(un)?settl(e|es|ed|ing)\b|Settle[A-Z]|_Settle", "result handler, dead-letter handler; reconcile"),
               ("halt(s|ed|ing)?(?![a-z])", "suspend (all sending), pause (a broadcast)"),
               ("distrust", "reconcile"),
               (@"\b(two|second|first|a|each|one|no|further) looks?\b|LookAsync", "reconcile; read Twilio's list"),
               (@"SmsJob|NudgePending|NudgeAfter|HoldEndpoints|\bHolds/", "SendJob, RequeuePending, RequeueAfter, ControlEndpoints, SendingControl"),
               ("SendWindow|send window|MayGo", "Deadline"),
               ("SendGate|GiveBack", "rate limiter, lease, return permits"),
               (@"\bmend(s|ed|ing)?\b|\bMend\(", "fix"),
               ("sentBy", "estimatedCompletionAt"),
               ("too-many|(?<!payload-)too-large|too-expensive|wrong-state", "rate-limited, payload-too-large, cost-limit-exceeded, invalid-state"),
               (@"(?-i:[Ww]hoever|[Ss]omebody|[Nn]obody(?!\.invalid)|[Ee]verybody|[Aa]nybody)", "the component, the caller, a person, no recipient"),
           }
           select (new Regex(pair.Item1, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience), pair.Item2),
    ];

    /// <summary>Of documents for callers.</summary>
    private static readonly Regex OldInTheApi = new(
        @"\bfaults?\b|`(Pending|Claimed|Unconfirmed|Rejected|OptedOut|Canceled|Delivered|Undelivered|Failed)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);

    [Fact]
    public void Words_Old_StandNowhere() => Assert.Empty(Files().SelectMany(OldWordsOf).Select(each => each.What));

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/api.md")]
    [InlineData("docs/tutorial.md")]
    public void Words_OfTheApi_AreTodays(string document) => Assert.Empty(OldInTheApi.Matches(DocumentFiles.Read(document)).Select(match => match.Value));

    private static IEnumerable<string> Files() => Roots
        .SelectMany(root => Directory.EnumerateFiles(Path.Combine(Repository.Root, root), "*", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace(Path.DirectorySeparatorChar, '/'))
        .Where(file => Kinds.Contains(Path.GetExtension(file)) && !NotOurs.Any(part => file.Contains(part, StringComparison.Ordinal)) && !TheirWords.Any(part => file.StartsWith(part, StringComparison.Ordinal)));

    private static IEnumerable<(string File, string What)> OldWordsOf(string file)
    {
        var (text, path) = (DocumentFiles.Read(file), file);
        return from word in Words
               from match in word.Old.Matches(text + "\n" + path)
               select (path, $"{path}:{text[..Math.Min(match.Index, text.Length)].Count(c => c == '\n') + 1}: \"{match.Value}\" is now: {word.New}");
    }
}
