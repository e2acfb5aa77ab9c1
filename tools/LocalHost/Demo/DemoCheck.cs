using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.Security;
using BulkSms.Sending;
using BulkSms.TwilioSimulator;

namespace BulkSms.LocalHost.Demo;

/// <summary>What really happened, from Twilio's side and from the poison queue, held against what should have.</summary>
/// <param name="AcceptedByTwilio">Messages that the simulator took.</param>
/// <param name="Refused">Calls that it refused with 429 or 503.</param>
/// <param name="InPoison">Poison messages of this broadcast.</param>
/// <param name="Faults">What is not as it should be, a line each.</param>
public sealed record DemoCheck(int AcceptedByTwilio, int Refused, int InPoison, IReadOnlyList<string> Faults)
{
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(15);

    public static async Task<DemoCheck> RunAsync(
        DemoScenario scenario, TwilioServer twilio, IReadOnlyList<RecipientView> recipients, QueueClient poisonQueue, string broadcastId)
    {
        var poison = await ReadPoisonAsync(poisonQueue, broadcastId);
        var faults = new List<string>();
        if (recipients.Count != scenario.Expected.Count)
        {
            faults.Add($"{recipients.Count} rows for {scenario.Expected.Count} recipients");
        }

        foreach (var recipient in recipients)
        {
            var expected = scenario.Expected.GetValueOrDefault(recipient.To, "(nobody)");
            var taken = twilio.Messages.CountFor(recipient.To);
            var poisoned = poison.Count(job => job.To == recipient.To);
            var mayBeTaken = RecipientStatus.IsTwilio(expected) ? 1 : 0;
            var mayBePoisoned = expected == RecipientStatus.Rejected ? 1 : 0;
            if (recipient.Status != expected || taken != mayBeTaken || poisoned != mayBePoisoned)
            {
                faults.Add($"{Redaction.Phone(recipient.To)} is {recipient.Status} instead of {expected}; taken by Twilio {taken} times, {poisoned} times in poison");
            }
        }

        return new(twilio.Messages.Accepted, twilio.Messages.Calls.Count(call => call.StatusCode is 429 or 503), poison.Count, faults);
    }

    private static async Task<IReadOnlyList<SmsJob>> ReadPoisonAsync(QueueClient queue, string broadcastId)
    {
        // Read, not taken: they are back in the queue in a few seconds. (A peek shows no more than the first 32.)
        var jobs = new List<SmsJob>();
        QueueMessage[] messages;
        do
        {
            messages = (await queue.ReceiveMessagesAsync(32, Reading)).Value;
            jobs.AddRange(messages.Select(message => SmsJob.Parse(message.Body)).Where(job => job.BroadcastId == broadcastId && job.Failure is { Code: > 0 }));
        }
        while (messages.Length > 0);
        return jobs;
    }
}
