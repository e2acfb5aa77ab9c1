using System.Globalization;

namespace BulkSms.TwilioSimulator;

/// <summary>One status of one message, to be told to its callback address.</summary>
internal sealed record StatusCallback(SimulatedMessage Message, MessageState State, ConnectionOverrides Overrides)
{
    public string Url => Message.StatusCallback!;

    public string IdempotencyToken { get; } = Guid.NewGuid().ToString();

    public int Attempt { get; init; }

    public List<KeyValuePair<string, string>> Form()
    {
        var form = new List<KeyValuePair<string, string>>(13);
        Add(form, "ApiVersion", TwilioPaths.ApiVersion);
        Add(form, "MessageSid", Message.Sid);
        Add(form, "SmsSid", Message.Sid);
        Add(form, "MessageStatus", State.Status);
        Add(form, "SmsStatus", State.Status);
        Add(form, "AccountSid", Message.AccountSid);
        Add(form, "MessagingServiceSid", Message.MessagingServiceSid);
        Add(form, "To", Message.Address);
        Add(form, "ChannelPrefix", Message.Channel);
        Add(form, "From", State.From);
        Add(form, "ErrorCode", State.ErrorCode?.ToString(CultureInfo.InvariantCulture));
        Add(form, "RawDlrDoneDate", DoneDate());
        return form;
    }

    /// <summary>Carriers report it with the final status; a receiver has to sign over parameters that it does not know.</summary>
    private string? DoneDate() => State.Status is MessageStatuses.Delivered or MessageStatuses.Read or MessageStatuses.Undelivered
        ? State.DateUpdated.UtcDateTime.ToString("yyMMddHHmm", CultureInfo.InvariantCulture)
        : null;

    private static void Add(List<KeyValuePair<string, string>> form, string key, string? value)
    {
        if (value is not null)
        {
            form.Add(new(key, value));
        }
    }
}
