using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Azure.Storage.Queues;
using BulkSms.Chaos.Hosts;
using BulkSms.Chaos.Storage;
using BulkSms.Chaos.Twilio;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.TwilioSimulator;

namespace BulkSms.Chaos;

/// <summary>One run: two hosts over one storage and one Twilio, faults for some seconds, then peace, then the invariants.</summary>
public sealed class ChaosRun : IAsyncDisposable
{
    private static readonly TimeSpan RestPatience = TimeSpan.FromSeconds(120);
    private readonly ChaosOptions options;
    private readonly int seed;
    private readonly string storage;
    private readonly TwilioServer twilio;
    private readonly StorageFaults faults;
    private readonly ClaimTimes claims;
    private readonly StorageProxy proxy;
    private readonly HostProcess[] hosts;

    private ChaosRun(
        ChaosOptions options, int seed, string storage, TwilioServer twilio, StorageFaults faults, ClaimTimes claims, StorageProxy proxy, HostProcess[] hosts) =>
        (this.options, this.seed, this.storage, this.twilio, this.faults, this.claims, this.proxy, this.hosts) =
            (options, seed, storage, twilio, faults, claims, proxy, hosts);

    public static string Account(int run) => string.Create(CultureInfo.InvariantCulture, $"chaos{run:00000}");

    /// <summary>Starts the two hosts and what they need.</summary>
    public static async Task<ChaosRun> StartAsync(ChaosOptions options, int seed, string storage)
    {
        var twilio = await TwilioServer.StartAsync(new TwilioSimulatorOptions { Seed = seed });
        var faults = new StorageFaults(new Random(seed));
        var claims = new ClaimTimes(TimeProvider.System);
        var proxy = await StorageProxy.StartAsync(storage, call =>
        {
            claims.Watch(call);
            return faults.Decide(call);
        });
        var hosts = await Task.WhenAll(FreePorts().Select(port => HostProcess.StartAsync(ScaledSettings.For(proxy.ConnectionString, twilio, port), port)));
        foreach (var queue in QueueNames.All)
        {
            await new QueueClient(storage, queue).CreateIfNotExistsAsync(); // the hosts make them too, but not before they answer
        }

        return new(options, seed, storage, twilio, faults, claims, proxy, hosts);
    }

    /// <summary>Makes the faults, waits for rest and checks.</summary>
    public async Task<ChaosReport> RunAsync()
    {
        var random = new Random(seed);
        var broadcasts = Broadcasts(random);
        BehaveBadly(random, broadcasts[0].Numbers);
        TwilioFaults.Draw(twilio, random, ScaledSettings.ListLag);
        faults.Draw(0.12);
        var actors = new Actors(hosts, faults, storage, TimeProvider.System);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(options.Seconds));
        await Task.WhenAll(
        [
            actors.KillAsync(new Random(seed + 1), stop.Token),
            actors.AbuseQueueAsync(new Random(seed + 2), stop.Token),
            actors.OperateAsync(broadcasts, new Random(seed + 3), stop.Token),
            .. broadcasts.Select((broadcast, i) => actors.PostAsync(broadcast, new Random(seed + 10 + i))),
        ]);
        var twilioFaults = twilio.Messages.Calls.Count(call => call.Fault is not null);
        faults.Clear();
        TwilioFaults.Clear(twilio);
        await actors.ReleaseAllAsync(broadcasts);
        var begun = TimeProvider.System.GetTimestamp();
        var rested = await RestAsync(begun);
        var poison = await PoisonAsync();
        var violations = new Invariants(twilio, claims, actors.Held, poison, actors.Kills + actors.Stops > 0).Check(broadcasts, storage).ToList();
        if (!rested)
        {
            violations.Add("11: the queues are not empty, or recipients are still open");
        }

        return new ChaosReport
        {
            Seed = seed,
            Broadcasts = broadcasts.Length,
            Recipients = broadcasts.Sum(broadcast => broadcast.Numbers.Count),
            Sent = twilio.Messages.Accepted,
            Calls = twilio.Messages.TotalCalls,
            Kills = actors.Kills,
            Stops = actors.Stops,
            StorageFaults = faults.Made,
            TwilioFaults = twilioFaults,
            QueueFaults = actors.QueueFaults,
            AtRest = TimeProvider.System.GetElapsedTime(begun).TotalSeconds,
            Violations = violations,
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }

        await proxy.DisposeAsync();
        await twilio.DisposeAsync();
    }

    // The first two are alike in text and numbers: whose message is whose must still come out right.
    private Posted[] Broadcasts(Random random)
    {
        string[] numbers = [.. Enumerable.Range(0, options.Recipients).Select(i => string.Create(CultureInfo.InvariantCulture, $"+1555{i:0000000}"))];
        string[] others = [.. numbers.Take((options.Recipients / 2) + 1).OrderBy(_ => random.Next())];
        return [new("first", "Hello", numbers), new("second", "Hello", numbers), new("third", "Hello again", others)];
    }

    private void BehaveBadly(Random random, IReadOnlyList<string> numbers)
    {
        foreach (var number in numbers.Where(_ => random.Next(10) == 0))
        {
            twilio.Recipients[number] = new RecipientBehaviour { RejectCode = 21614 };
        }

        foreach (var number in numbers.Where(_ => random.Next(15) == 0))
        {
            twilio.OptOut(number);
        }
    }

    private async Task<bool> RestAsync(long begun)
    {
        var table = new Azure.Data.Tables.TableClient(storage, TableNames.Recipients);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (TimeProvider.System.GetElapsedTime(begun) < RestPatience)
        {
            await timer.WaitForNextTickAsync();
            var rows = table.Query<Azure.Data.Tables.TableEntity>().ToArray();
            var ambiguous = Ambiguity.Numbers(rows, twilio);
            var open = rows.Any(row => row.GetString(RecipientColumns.Status) is var status
                && (status == RecipientStatus.Rejected
                    ? row.GetDateTimeOffset(RecipientColumns.PoisonedAt) is null
                    : RecipientStatus.IsOpen(status) && !(status == RecipientStatus.Unconfirmed && ambiguous.Contains(row.GetString(RecipientColumns.To)))));
            if (!open && await CountAsync(QueueNames.Outbound) == 0 && await CountAsync(QueueNames.Expand) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<int> CountAsync(string queue) => (await new QueueClient(storage, queue).GetPropertiesAsync()).Value.ApproximateMessagesCount;

    private async Task<IReadOnlyCollection<SmsJob>> PoisonAsync()
    {
        var queue = new QueueClient(storage, QueueNames.OutboundPoison, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var jobs = new List<SmsJob>();
        Azure.Storage.Queues.Models.QueueMessage[] messages;
        do
        {
            messages = (await queue.ReceiveMessagesAsync(32, TimeSpan.FromMinutes(5))).Value;
            jobs.AddRange(messages.Select(message => SmsJob.Parse(message.Body)).Where(job => job.Failure is not null));
        }
        while (messages.Length > 0);
        return jobs;
    }

    private static int[] FreePorts()
    {
        using var one = new TcpListener(IPAddress.Loopback, 0);
        using var two = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        two.Start();
        return [((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)two.LocalEndpoint).Port];
    }
}
