using BulkSms.Broadcasts;
using BulkSms.Profiles;
using BulkSms.Queues;
using BulkSms.SendingControl;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;

namespace BulkSms.Sending;

/// <summary>
/// Suspends all sending and resumes it. What ends by itself, at a time that is not known (the account's daily limit), is probed: now and then one message is sent, and when Twilio
/// accepts it everything goes on.
/// </summary>
public sealed partial class SuspendSending(ControlTable table, BroadcastStore store, FanOutQueue fanOuts, ProfileCatalog profiles, TimeProvider time, ILogger<SuspendSending> logger)
{
    /// <summary>When the next probe comes after one that told nothing of the account: another message may tell more.</summary>
    private static readonly TimeSpan ProbeAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Suspends sending because of what Twilio answered: what the profile sends that was answered, where there are several, since the others may have another account. A reason that is
    /// there stands, unless it was to end by itself and this one does not.
    /// </summary>
    public async Task SuspendAsync(int code, string reason, string? profile)
    {
        var stopped = profiles.All.Count > 1 ? profile ?? Profile.DefaultName : null;
        Log.Suspended(logger, code, reason, stopped ?? "all");
        await table.SuspendAsync(code, reason, time.GetUtcNow() + TwilioErrors.ProbeEvery(code), CancellationToken.None, stopped);
    }

    /// <summary>Takes the suspension away. Nothing more is enqueued yet: see <see cref="RequeueAsync"/>.</summary>
    /// <param name="profile">Of a profile; null: of all sending, and of each profile.</param>
    public Task LiftAsync(string? profile = null) => table.ResumeAsync(CancellationToken.None, profile);

    /// <summary>Asks for a send job for every recipient that is pending, once sending goes on. Doing it again is harmless.</summary>
    public async Task RequeueAsync()
    {
        await foreach (var id in store.ListActiveAsync(CancellationToken.None))
        {
            await fanOuts.EnqueueAsync(id, CancellationToken.None);
        }
    }

    /// <summary>Takes the probe that is due, for one message; of all instances that ask, one gets it.</summary>
    /// <returns>The suspension as it is then; null when another has it.</returns>
    public async Task<Suspension?> TryTakeProbeAsync(Suspension due)
    {
        var next = time.GetUtcNow() + (TwilioErrors.ProbeEvery(due.Code) ?? ProbeAgainAfter);
        return await table.TryScheduleProbeAsync(due, next, CancellationToken.None);
    }

    /// <summary>Concludes from what came of the probe.</summary>
    public async Task ProbedAsync(Suspension taken, SendOutcome outcome)
    {
        Log.Probed(logger, taken.Code, outcome.GetType().Name);
        switch (outcome)
        {
            case SendOutcome.Accepted when await table.TryResumeAsync(taken, CancellationToken.None):
                await RequeueAsync();
                break;
            case SendOutcome.Accepted or SendOutcome.Suspend:
                break; // suspended for another reason by now, or the next probe is scheduled already
            default:
                await ReturnProbeAsync(taken);
                break;
        }
    }

    /// <summary>Nothing was learned from a probe that was taken: the next comes soon.</summary>
    public Task ReturnProbeAsync(Suspension taken) => table.TryScheduleProbeAsync(taken, time.GetUtcNow() + ProbeAgainAfter, CancellationToken.None);

    private static partial class Log
    {
        [LoggerMessage(EventId = 2421, Level = LogLevel.Error, Message = "Twilio refuses the account: {Code}, {Reason}. Sending is suspended (profile: {Profile}); the messages are kept")]
        public static partial void Suspended(ILogger logger, int code, string reason, string profile);

        [LoggerMessage(EventId = 2422, Level = LogLevel.Information, Message = "Sending is suspended with the code {Code}; one message was sent to find out whether that has ended: {Outcome}")]
        public static partial void Probed(ILogger logger, int code, string outcome);
    }
}
