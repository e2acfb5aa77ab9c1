namespace BulkSms.Chaos.Actors;

/// <summary>
/// People say START and later STOP. Then the webhook is called with the old START again, signed as Twilio had signed it. Whether the webhook had heard
/// of it before is chance.
/// </summary>
public sealed class StartRepeater(IReadOnlyList<Line> lines, IReadOnlyList<string> numbers, Deeds deeds, Random random, TimeProvider time) : IActor
{
    private const int Texts = 150; // a host may take 40 s to end
    private const int Repeats = 3;

    public async Task RunAsync(CancellationToken stop)
    {
        foreach (var number in numbers.OrderBy(_ => random.Next()).ToArray())
        {
            await WaitAsync(1500);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            await LeaveAsync(lines[random.Next(lines.Count)], number);
        }
    }

    private async Task LeaveAsync(Line line, string number)
    {
        var start = line.Twilio.ReceiveInbound(number, "START");
        if (random.Next(2) == 0)
        {
            await line.TellAgainAsync(start);
        }

        await WaitAsync(1500);
        if (await line.TextUntilTakenAsync(number, UnheardLeaver.Wish, Texts, time) is var status && !Line.IsTaken(status))
        {
            deeds.Unanswered.Enqueue($"STOP of {number}, last with {status}");
            return;
        }

        deeds.Held.Enqueue(new("STOP after a START", null, number, time.GetUtcNow()));
        deeds.Left.Enqueue(number);
        for (var i = 0; i < Repeats; i++)
        {
            await line.TellAgainAsync(start);
            await WaitAsync(1000);
        }
    }

    private Task WaitAsync(int most) => Task.Delay(TimeSpan.FromMilliseconds(random.Next(most)), time);
}
