using BulkSms.Chaos.Hosts;
using BulkSms.Chaos.Storage;
using BulkSms.TwilioSimulator;

namespace BulkSms.Chaos.Actors;

/// <summary>Kills, freezes, stops and restarts hosts: at random, at named points, or again and again over one message.</summary>
public sealed class Killer(
    IReadOnlyList<HostProcess> hosts, StorageFaults faults, IReadOnlyList<TwilioServer> twilios, Deeds deeds, Variation variation, Random random, TimeProvider time) : IActor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly (StorageOperation Operation, string Contains)[] NamedPoints =
    [
        (StorageOperation.ReserveKey, ""), (StorageOperation.WriteBlob, ""), (StorageOperation.CommitBroadcast, ""), (StorageOperation.InsertRecipients, ""),
        (StorageOperation.MergeRecipient, ClaimTimes.Mark), (StorageOperation.MergeRecipient, "\"sid\""), (StorageOperation.MergeRecipient, "\"rejected\""),
        (StorageOperation.MergeRecipient, "poisonedAt"), (StorageOperation.MergeRecipient, "\"pending\""), (StorageOperation.MergeRecipient, "\"unconfirmed\""),
        (StorageOperation.MergeRecipient, "\"optedOut\""), (StorageOperation.MergeRecipient, "\"canceled\""), (StorageOperation.SendMessage, ""),
        (StorageOperation.SendPoisonMessage, ""), (StorageOperation.WritePoison, ""), (StorageOperation.WriteOptOut, ""), (StorageOperation.WriteHold, ""),
        (StorageOperation.DeleteMessage, ""), (StorageOperation.MergeBroadcast, ""), (StorageOperation.MergeBroadcast, "\"approval\""), (StorageOperation.CompleteBroadcast, ""),
    ];

    private string? row; // whose message kills

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await WaitAsync(TimeSpan.FromMilliseconds(400 + random.Next(2000)));
            await (variation.KillsOverOneMessage ? KillOverOneMessageAsync() : random.Next(6) switch
            {
                0 => FreezeAsync(),
                1 => KillOneAsync(),
                2 => KillAtTwilioAsync(),
                3 => TerminateAsync(),
                _ => KillAtNamedPointAsync(),
            });
        }
    }

    // Longer than its claims live, so that the other host has gone on without it.
    private async Task FreezeAsync()
    {
        var host = hosts[random.Next(hosts.Count)];
        host.Freeze();
        deeds.Froze();
        await WaitAsync(ScaledSettings.Lease + TimeSpan.FromMilliseconds(random.Next(1500)));
        host.Thaw();
    }

    private async Task KillOneAsync()
    {
        await hosts[random.Next(hosts.Count)].RestartAsync();
        deeds.Killed(1);
    }

    // As a deployment does it, or the platform when it scales in.
    private async Task TerminateAsync()
    {
        var host = hosts[random.Next(hosts.Count)];
        if (host.IsAlive) // a kill that came late may have been for this one
        {
            deeds.Ends.Enqueue(await host.TerminateAsync(time));
        }

        await host.RestartAsync();
    }

    private Task KillAtNamedPointAsync()
    {
        var (operation, contains) = NamedPoints[random.Next(NamedPoints.Length)];
        return KillWhenReachedAsync(call => call.Operation == operation && call.Body.Contains(contains, StringComparison.Ordinal), Patience);
    }

    // The message comes back when its invisibility ends, with a higher dequeue count, until the host poisons it.
    private Task KillOverOneMessageAsync() => KillWhenReachedAsync(
        call => call.Operation is StorageOperation.MergeRecipient && call.Body.Contains(ClaimTimes.Mark, StringComparison.Ordinal) && (row is null || row == call.Path),
        Patience * 2);

    // The proxy holds the call, the host dies, and the call is applied or not: both are a crash at that very line. Which host made it is not known,
    // so both die.
    private async Task KillWhenReachedAsync(Func<StorageCall, bool> matches, TimeSpan patience)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        faults.Arm(matches, call =>
        {
            row ??= call.Path;
            KillAll();
            reached.TrySetResult();
        });
        await Task.WhenAny(reached.Task, WaitAsync(patience));
        faults.Disarm();
        await RestartIfAsync(reached.Task.IsCompleted);
    }

    // Twilio has the call and takes it, or not; the answer is lost.
    private async Task KillAtTwilioAsync()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = random.Next(2) == 0;
        var twilio = twilios[random.Next(twilios.Count)];
        twilio.Messages.OnCall = call =>
        {
            twilio.Messages.OnCall = null;
            if (!taken)
            {
                twilio.Faults.FailFor(call.To, 1, Fault.DropBeforeProcessing);
            }

            KillAll();
            reached.TrySetResult();
        };
        await Task.WhenAny(reached.Task, WaitAsync(Patience));
        twilio.Messages.OnCall = null;
        await RestartIfAsync(reached.Task.IsCompleted);
    }

    private async Task RestartIfAsync(bool killed)
    {
        if (killed)
        {
            await Task.WhenAll(hosts.Select(host => host.RestartAsync()));
            deeds.Killed(hosts.Count);
        }
    }

    private void KillAll()
    {
        foreach (var host in hosts)
        {
            host.Kill();
        }
    }

    private Task WaitAsync(TimeSpan wait) => Task.Delay(wait, time);
}
