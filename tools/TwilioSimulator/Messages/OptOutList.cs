using System.Collections.Concurrent;

namespace BulkSms.TwilioSimulator;

/// <summary>The numbers that said STOP. A create for one of them is refused with 21610.</summary>
internal sealed class OptOutList
{
    private static readonly HashSet<string> Stop = new(StringComparer.OrdinalIgnoreCase)
    {
        "STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL",
    };

    private static readonly HashSet<string> Start = new(StringComparer.OrdinalIgnoreCase) { "START", "YES", "UNSTOP" };

    private readonly ConcurrentDictionary<string, byte> _numbers = new();

    public bool Contains(string number) => _numbers.ContainsKey(number);

    public void Add(string number) => _numbers[number] = 0;

    public void Remove(string number) => _numbers.TryRemove(number, out _);

    public void Clear() => _numbers.Clear();

    /// <summary>Twilio reads the keyword before it calls the webhook, so the number is blocked whatever the webhook answers.</summary>
    public void Hear(string number, string body, string? optOutType)
    {
        var word = optOutType ?? body.Trim();
        if (Stop.Contains(word))
        {
            Add(number);
        }
        else if (Start.Contains(word))
        {
            Remove(number);
        }
    }
}
