namespace BulkSms.TwilioSimulator;

/// <summary>Decides which callbacks go out, when, how often and in which order; the sender only sends.</summary>
internal sealed class CallbackDispatcher(Faults faults, Schedule schedule, CallbackSender sender)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SimulatedMessage, List<StatusCallback>> _heldBack = [];

    public bool IsWanted(SimulatedMessage message, MessageState state) =>
        message.StatusCallback is not null && faults.CallbackStatuses.Contains(state.Status);

    public void Announce(SimulatedMessage message, MessageState state)
    {
        var batch = Batch(message, state);
        if (batch.Count == 0)
        {
            return;
        }

        if (faults.Callbacks.ExtraDelay > TimeSpan.Zero)
        {
            schedule.After(faults.Callbacks.ExtraDelay, () => sender.Enqueue(batch));
        }
        else
        {
            sender.Enqueue(batch);
        }
    }

    public Task SendNowAsync(SimulatedMessage message, MessageState state) => sender.SendAsync(Callback(message, state));

    public void Clear()
    {
        lock (_gate)
        {
            _heldBack.Clear();
        }
    }

    private List<StatusCallback> Batch(SimulatedMessage message, MessageState state)
    {
        var batch = new List<StatusCallback>(1);
        var isFinal = MessageStatuses.IsFinal(state.Status);
        if (IsWanted(message, state) && !faults.Chance.Hits(faults.Callbacks.LossProbability))
        {
            var callback = Callback(message, state);
            if (!isFinal && faults.Chance.Hits(faults.Callbacks.ReorderProbability))
            {
                HoldBack(callback);
            }
            else
            {
                batch.Add(callback);
            }
        }

        if (isFinal)
        {
            batch.AddRange(TakeHeldBack(message));
        }

        var copies = 1 + Math.Max(0, faults.Callbacks.Repeat);
        return copies == 1 ? batch : [.. batch.SelectMany(callback => Enumerable.Repeat(callback, copies))];
    }

    private void HoldBack(StatusCallback callback)
    {
        lock (_gate)
        {
            if (!_heldBack.TryGetValue(callback.Message, out var held))
            {
                _heldBack.Add(callback.Message, held = []);
            }

            held.Insert(0, callback);
        }
    }

    private List<StatusCallback> TakeHeldBack(SimulatedMessage message)
    {
        lock (_gate)
        {
            return _heldBack.Remove(message, out var held) ? held : [];
        }
    }

    private static StatusCallback Callback(SimulatedMessage message, MessageState state) =>
        new(message, state, ConnectionOverrides.Of(message.StatusCallback!));
}
