using Microsoft.Playwright;

namespace BulkSms.Tests.WebConsole;

/// <summary>
/// How tests click. Before a click Playwright waits until the control stands still, which it tells by two frames that the browser draws. On a machine that is busy Chromium can cease to
/// draw a page which works otherwise; then the click is made without frames, after the same check of what stands at its place.
/// </summary>
internal static class Pressing
{
    public const float TwoFrames = 8_000;
    private const string IsOnTop = """
        (control) => {
          control.scrollIntoView({ block: "center", behavior: "instant" });
          const [{ left, top, width, height }] = control.getClientRects(); // the first line of a link
          const there = document.elementFromPoint(left + width / 2, top + height / 2);
          return control.contains(there) || (control.labels ?? []).values().some((label) => label.contains(there));
        }
        """;

    /// <summary>Clicks a control that is visible, enabled and covered by nothing, as soon as it is.</summary>
    public static Task PressAsync(this ILocator control) => PressAsync(
        control,
        () => control.ClickAsync(new() { Timeout = TwoFrames }),
        () => control.ClickAsync(new() { Force = true }));

    /// <summary>The same with a double click.</summary>
    public static Task PressTwiceAsync(this ILocator control) => PressAsync(
        control,
        () => control.DblClickAsync(new() { Timeout = TwoFrames }),
        () => control.DblClickAsync(new() { Force = true }));

    private static async Task PressAsync(ILocator control, Func<Task> press, Func<Task> pressWithoutFrames)
    {
        try
        {
            await press();
        }
        catch (TimeoutException late) when (late.Message.TrimEnd().EndsWith("waiting for element to be visible, enabled and stable", StringComparison.Ordinal))
        {
            Assert.True(await control.IsEnabledAsync() && await control.EvaluateAsync<bool>(IsOnTop), late.Message);
            await pressWithoutFrames();
        }
    }
}
