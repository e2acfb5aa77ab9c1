using BulkSms.OptOuts;
using BulkSms.TwilioSimulator;

namespace BulkSms.Chaos.Twilio;

/// <summary>Numbers that Twilio refuses.</summary>
public static class TwilioRecipients
{
    /// <summary>The code of numbers that can receive no texts.</summary>
    public const int NotMobile = 21614;

    public static void BehaveBadly(TwilioServer twilio, IReadOnlyList<string> numbers, Random random)
    {
        twilio.Recipients[PostedBroadcasts.Refused] = new RecipientBehaviour { RejectCode = NotMobile };
        foreach (var number in numbers.Where(_ => random.Next(10) == 0))
        {
            twilio.Recipients[number] = new RecipientBehaviour { RejectCode = NotMobile };
        }

        foreach (var number in numbers.Where(_ => random.Next(15) == 0))
        {
            twilio.OptOut(number);
        }
    }
}
