using BulkSms.Chaos.Storage;

namespace BulkSms.Chaos.Actors;

/// <summary>
/// People who say STOP while storage is away. The webhook cannot take it, and Twilio does not repeat it: only Twilio's list tells. Nothing may be sent to them once
/// the list was read.
/// </summary>
public sealed class UnheardLeaver(
    IReadOnlyList<Line> lines, IReadOnlyList<string> numbers, StorageFaults faults, StoredState stored, Deeds deeds, Random random, TimeProvider time) : IActor
{
    /// <summary>Twilio's own list of keywords does not know it: only the app keeps this one from being sent to.</summary>
    public const string Wish = "Please stop texting this number";

    private const int Most = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(CancellationToken stop)
    {
        for (var i = 0; i < Most && numbers.Count > 0 && !stop.IsCancellationRequested; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300 + random.Next(3000)), time, CancellationToken.None);
            var (number, line) = (numbers[random.Next(numbers.Count)], lines[random.Next(lines.Count)]);
            deeds.Unheard.Enqueue(new(number, await TextAsync(line, number)));
            if (await IsReadAsync(number, line.Twilio.Options.MessagingServiceSid))
            {
                deeds.Held.Enqueue(new("a STOP that was read from Twilio's list", null, number, time.GetUtcNow()));
            }
        }
    }

    // Storage stays away until the webhook has answered.
    private async Task<bool> TextAsync(Line line, string number)
    {
        faults.GoAway();
        try
        {
            return Line.IsTaken(await line.TextAsync(number, Wish));
        }
        finally
        {
            faults.ComeBack();
        }
    }

    // Who is on the list is heard; what follows from it is done when a reading has ended after that.
    private async Task<bool> IsReadAsync(string number, string service)
    {
        var begun = time.GetTimestamp();
        DateTimeOffset? before = null;
        var isListed = false;
        while (time.GetElapsedTime(begun) < Patience)
        {
            var read = await stored.InboundReadAsync(service);
            if (isListed && read != before)
            {
                return true;
            }

            if (!isListed && (await stored.OptOutsAsync()).Contains(number))
            {
                (isListed, before) = (true, await stored.InboundReadAsync(service));
            }

            await Task.Delay(Look, time);
        }

        return false;
    }
}

/// <summary>A STOP that came while storage was away.</summary>
/// <param name="To">Whose.</param>
/// <param name="IsTaken">Whether the webhook said that it was taken.</param>
public sealed record UnheardStop(string To, bool IsTaken);
