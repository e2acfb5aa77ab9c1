namespace BulkSms.Tests.Infrastructure;

/// <summary>Waits for the end of a broadcast in a <see cref="VirtualApp"/>.</summary>
public static class Completion
{
    private static readonly TimeSpan FineStep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CoarseStep = TimeSpan.FromMinutes(10);

    /// <summary>Lets time pass until a broadcast is completed or canceled, up to 40 hours: after the first hour in coarse steps, since a message without a final word waits for 36 of them.</summary>
    public static async Task CompletedAsync(this VirtualApp app, string id)
    {
        if (await app.RunAsync(TimeSpan.FromHours(1), FineStep, IsOverAsync) >= TimeSpan.FromHours(1))
        {
            await app.RunAsync(TimeSpan.FromHours(39), CoarseStep, IsOverAsync);
        }

        async Task<bool> IsOverAsync() => (await app.GetAsync(id)).Status is "completed" or "canceled";
    }
}
