using Microsoft.Playwright;

namespace BulkSms.Tests.WebConsole;

/// <summary>How long a page's main thread is taken by one task, and how much it works in all.</summary>
internal sealed class MainThread
{
    private const string Observe = "() => { window.longTasks = []; new PerformanceObserver((seen) => longTasks.push(...seen.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' }); }";
    private readonly IPage page;
    private readonly ICDPSession tools;
    private double before;

    private MainThread(IPage page, ICDPSession tools) => (this.page, this.tools) = (page, tools);

    /// <summary>Begins to watch.</summary>
    public static async Task<MainThread> WatchAsync(IPage page)
    {
        var thread = new MainThread(page, await page.Context.NewCDPSessionAsync(page));
        await page.EvaluateAsync(Observe);
        await thread.tools.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        thread.before = await thread.WorkedAsync();
        return thread;
    }

    /// <summary>
    /// The longest task since then, in milliseconds, but no more than the thread has worked in all: on a machine that is busy, a task that does little waits long for a core.
    /// </summary>
    public async Task<double> LongestTaskAsync()
    {
        var worked = await WorkedAsync() - before;
        return Math.Min(worked, await page.EvaluateAsync<double>("() => Math.max(0, ...longTasks)"));
    }

    // In milliseconds of the thread's own time, without what the test asks of it.
    private async Task<double> WorkedAsync()
    {
        var answer = await tools.SendAsync("Performance.getMetrics");
        var metrics = answer!.Value.GetProperty("metrics").EnumerateArray().ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return 1000 * (metrics["TaskDuration"] - metrics["DevToolsCommandDuration"]);
    }
}
