using BulkSms.Api;
using BulkSms.Common;
using BulkSms.Poison;
using BulkSms.Recipients;
using BulkSms.TwilioSimulator;

namespace BulkSms.LocalHost.Demo;

/// <summary>What really happened, from Twilio's side and from the poison messages, held against what should have.</summary>
/// <param name="AcceptedByTwilio">Messages that the simulator took.</param>
/// <param name="Refused">Calls that it refused with 429 or 503.</param>
/// <param name="Faults">What is not as it should be, a line each.</param>
public sealed record DemoCheck(int AcceptedByTwilio, int Refused, IReadOnlyList<string> Faults)
{
    public static DemoCheck Run(
        DemoScenario scenario, TwilioServer twilio, IReadOnlyList<RecipientView> recipients, IReadOnlyList<PoisonView> poison)
    {
        var faults = new List<string>();
        if (recipients.Count != scenario.Expected.Count)
        {
            faults.Add($"{recipients.Count} rows for {scenario.Expected.Count} recipients");
        }

        foreach (var recipient in recipients)
        {
            var expected = scenario.Expected.GetValueOrDefault(recipient.To, "(no recipient)");
            var taken = twilio.Messages.CountFor(recipient.To);
            var poisoned = poison.Count(message => message.To == recipient.To && message.Code > 0);
            var mayBeTaken = expected is RecipientStatus.Delivered or RecipientStatus.Undelivered ? 1 : 0;
            var mayBePoisoned = expected == RecipientStatus.Rejected ? 1 : 0;
            if (recipient.Status != expected || taken != mayBeTaken || poisoned != mayBePoisoned)
            {
                faults.Add($"{Redaction.Phone(recipient.To)} is {recipient.Status} instead of {expected}; taken by Twilio {taken} times, {poisoned} times in poison");
            }
        }

        return new(twilio.Messages.Accepted, twilio.Messages.Calls.Count(call => call.StatusCode is 429 or 503), faults);
    }
}
