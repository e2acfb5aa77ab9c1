using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace BulkSms.Tests.WebConsole;

/// <summary>axe-core in a page. It is put in once, and tells what is wrong only: what passes or does not apply is most of what it has to say, and the package's own way opens a further page for it.</summary>
internal static class AxeCore
{
    public const string AllRules = "{}";
    public const string ContrastAlone = "{ runOnly: ['color-contrast'] }";
    private const string IsMissing = "() => typeof axe === 'undefined'";
    private static readonly Lazy<string> Script = new(() => new BundledAxeScriptProvider().GetScript());

    /// <summary>What is wrong with the page as it is now.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rules">Which rules are asked, as JavaScript.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page, string rules)
    {
        if (await page.EvaluateAsync<bool>(IsMissing))
        {
            await page.EvaluateAsync(Script.Value);
        }

        return await page.EvaluateAsync<string[]>(
            $$"""async () => (await axe.run(document, { resultTypes: ["violations"], ...{{rules}} })).violations.map(({ id, nodes }) => `${id} (${nodes.map(({ html }) => html).join(", ")})`)""");
    }
}
