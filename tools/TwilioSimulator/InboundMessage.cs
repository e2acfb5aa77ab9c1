namespace BulkSms.TwilioSimulator;

/// <summary>A text from a phone to the Messaging Service, as its inbound webhook sees it.</summary>
internal sealed record InboundMessage(string From, string Body, string? OptOutType, DateTimeOffset CreatedAt, OtherAccount? Account = null)
{
    public string Sid { get; } = $"SM{Guid.NewGuid():n}";

    /// <summary>The account whose Messaging Service received it.</summary>
    public string AccountIn(TwilioSimulatorOptions options) => Account?.AccountSid ?? options.AccountSid;

    public List<KeyValuePair<string, string>> Form(TwilioSimulatorOptions options)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("ApiVersion", TwilioPaths.ApiVersion),
            new("MessageSid", Sid),
            new("SmsSid", Sid),
            new("SmsMessageSid", Sid),
            new("SmsStatus", "received"),
            new("AccountSid", AccountIn(options)),
            new("MessagingServiceSid", Account?.MessagingServiceSid ?? options.MessagingServiceSid),
            new("From", From),
            new("FromCountry", "US"),
            new("To", options.SenderNumber),
            new("ToCountry", "US"),
            new("Body", Body),
            new("NumMedia", "0"),
            new("NumSegments", "1"),
        ];
        if (OptOutType is not null)
        {
            form.Add(new("OptOutType", OptOutType));
        }

        return form;
    }
}
