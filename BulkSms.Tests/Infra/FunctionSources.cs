using System.Reflection;
using System.Text.RegularExpressions;
using BulkSms.Http;
using BulkSms.LocalHost;

namespace BulkSms.Tests.Infra;

/// <summary>A trigger of the Functions app.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Kind">Http, Queue or Timer.</param>
/// <param name="Route">The route of an HTTP trigger that needs no key; else empty.</param>
internal sealed record FunctionSource(string Name, string Kind, string Route);

/// <summary>The triggers, read from their source: this project must build without the Functions packages.</summary>
internal static partial class FunctionSources
{
    public static IReadOnlyList<FunctionSource> All { get; } =
    [
        .. from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "BulkSms.Functions", "Triggers"), "*.cs")
           from match in Trigger().Matches(File.ReadAllText(file))
           select new FunctionSource(match.Groups["name"].Value, match.Groups["kind"].Value, Route(match.Groups["anonymous"].Value)),
    ];

    private static string Route(string constant) => constant.Length == 0
        ? ""
        : $"/{Routes.Prefix}/{typeof(Routes).GetField(constant, BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()}";

    [GeneratedRegex("""
        \[Function\("(?<name>\w+)"\)\]\s+
        public\s[^(]+\(\s*
        \[(?<kind>Http|Queue|Timer)Trigger\(
        (AuthorizationLevel\.Anonymous,[^\]]*Route\s=\sRoutes\.(?<anonymous>\w+))?
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Trigger();
}
