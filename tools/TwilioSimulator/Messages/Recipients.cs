using System.Collections.Concurrent;

namespace BulkSms.TwilioSimulator;

/// <summary>How each number behaves. Thread-safe; a number that was never set is accepted and delivered.</summary>
public sealed class Recipients
{
    private readonly ConcurrentDictionary<string, RecipientBehaviour> _behaviours = new();

    /// <summary>The behaviour of a number in E.164.</summary>
    public RecipientBehaviour this[string number]
    {
        get => _behaviours.GetValueOrDefault(number, RecipientBehaviour.Default);
        set => _behaviours[number] = value;
    }

    /// <summary>All numbers back to the default.</summary>
    public void Clear() => _behaviours.Clear();
}
