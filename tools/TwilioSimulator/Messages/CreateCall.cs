using System.Text;

namespace BulkSms.TwilioSimulator;

/// <summary>A create call that arrived, whatever became of it.</summary>
public sealed class CreateCall
{
    private readonly byte[] _rawForm;

    internal CreateCall(string to, byte[] rawForm, DateTimeOffset arrivedAt, bool authorized)
    {
        _rawForm = rawForm;
        (To, ArrivedAt, Authorized) = (to, arrivedAt, authorized);
    }

    /// <summary>The recipient as given; empty if none was.</summary>
    public string To { get; }

    /// <summary>When the request arrived, before any latency or hold.</summary>
    public DateTimeOffset ArrivedAt { get; }

    /// <summary>Whether the Authorization header was right.</summary>
    public bool Authorized { get; }

    /// <summary>The request's body as it was received.</summary>
    public string RawForm => Encoding.UTF8.GetString(_rawForm);

    /// <summary>The HTTP status of the reply; null while there is none, or if the connection was cut instead.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>Twilio's error code in the reply, if any.</summary>
    public int? Code { get; internal set; }

    /// <summary>The message that the call created, even if the caller never heard of it.</summary>
    public string? MessageSid { get; internal set; }

    /// <summary>The injected fault that hit the call, if any.</summary>
    public string? Fault { get; internal set; }
}
