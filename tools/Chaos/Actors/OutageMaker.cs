using BulkSms.Chaos.Hosts;
using BulkSms.TwilioSimulator;

namespace BulkSms.Chaos.Actors;

/// <summary>Takes Twilio away once, for longer than all back-off of a message together: connections are refused, connections are cut, or every call is 503 with 20503.</summary>
public sealed class OutageMaker(IReadOnlyList<TwilioServer> twilios, Deeds deeds, Random random, TimeProvider time) : IActor
{
    private const int Tries = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(CancellationToken stop)
    {
        await WaitAsync(TimeSpan.FromMilliseconds(random.Next(4000)));
        var twilio = twilios[random.Next(twilios.Count)];
        var length = ScaledSettings.AllBackoff + TimeSpan.FromMilliseconds(random.Next(3000));
        deeds.TwilioWentAway();
        switch (random.Next(3))
        {
            case 0:
                await twilio.CloseAsync();
                await WaitAsync(length);
                await OpenAsync(twilio);
                break;
            case 1:
                await BreakAsync(twilio, Fault.DropBeforeProcessing, length);
                break;
            default:
                await BreakAsync(twilio, Fault.Refuse503, length);
                break;
        }
    }

    private async Task BreakAsync(TwilioServer twilio, Fault outage, TimeSpan length)
    {
        twilio.Faults.Outage = outage;
        await WaitAsync(length);
        twilio.Faults.Outage = null;
    }

    // The port may be in use for a moment, by what is left of the listener before.
    private async Task OpenAsync(TwilioServer twilio)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                await twilio.OpenAsync(CancellationToken.None);
                return;
            }
            catch (IOException) when (i < Tries)
            {
                await WaitAsync(Pause);
            }
        }
    }

    private Task WaitAsync(TimeSpan wait) => Task.Delay(wait, time);
}
