using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.TwilioSimulator;

namespace BulkSms.LocalHost.Demo;

/// <summary>Who is texted in the demonstration, what Twilio does about it, and how each recipient must end. Every number is fictitious.</summary>
public sealed class DemoScenario
{
    public const string Message = "The clinic is closed today. Please call us for a new appointment.";
    private const int Unique = 480;
    private const int Duplicates = 20;
    private const int RateLimited = 40;
    private const int Unavailable = 20;

    private DemoScenario(IReadOnlyDictionary<string, string> expected)
    {
        Expected = expected;
        Recipients = [.. expected.Keys, .. expected.Keys.Take(Duplicates)];
    }

    /// <summary>What is posted: 500 entries.</summary>
    public IReadOnlyList<string> Recipients { get; }

    /// <summary>Number → the status in which it must end.</summary>
    public IReadOnlyDictionary<string, string> Expected { get; }

    /// <summary>Sets the simulator up: landlines, opted-out people, unknown handsets, a burst of 429 and some 503.</summary>
    public static DemoScenario SetUp(TwilioServer twilio)
    {
        twilio.Faults.Latency = TimeSpan.FromMilliseconds(50);
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Unique; i++)
        {
            var number = $"+1555123{i:0000}";
            expected[number] = Behave(twilio, number, i);
            if (i % (Unique / Unavailable) == 5)
            {
                twilio.Faults.FailFor(number, 1, Fault.Refuse503);
            }
        }

        twilio.Faults.FailNext(RateLimited, Fault.Refuse429);
        return new(expected);
    }

    private static string Behave(TwilioServer twilio, string number, int i)
    {
        switch (i % 40)
        {
            case 10:
                twilio.Recipients[number] = new RecipientBehaviour { RejectCode = 21614 };
                return RecipientStatus.Rejected;
            case 20:
                twilio.OptOut(number);
                return RecipientStatus.OptedOut;
            case 30:
                twilio.Recipients[number] = new RecipientBehaviour { FinalStatus = ProviderStatus.Undelivered, ErrorCode = 30005 };
                return RecipientStatus.Undelivered;
            default:
                return RecipientStatus.Delivered;
        }
    }
}
