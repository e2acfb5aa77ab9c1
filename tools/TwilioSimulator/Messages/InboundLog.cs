namespace BulkSms.TwilioSimulator;

/// <summary>The texts that the Messaging Service has received. Thread-safe.</summary>
internal sealed class InboundLog
{
    private readonly Lock _gate = new();
    private readonly List<InboundMessage> _messages = [];

    public void Add(InboundMessage message)
    {
        lock (_gate)
        {
            _messages.Add(message);
        }
    }

    public InboundMessage? Find(string sid)
    {
        lock (_gate)
        {
            return _messages.Find(message => message.Sid == sid);
        }
    }

    /// <summary>Newest first, as many as fit, from a place on.</summary>
    public List<InboundMessage> Newest(int skip, int count, Func<InboundMessage, bool> matches)
    {
        lock (_gate)
        {
            return [.. _messages.Where(matches).OrderByDescending(message => message.CreatedAt).Skip(skip).Take(count)];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _messages.Clear();
        }
    }
}
