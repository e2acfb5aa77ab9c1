namespace BulkSms.Segments;

/// <summary>How a text is encoded on the air: one character outside GSM-7 makes the whole message UCS-2.</summary>
public enum SmsEncoding
{
    Gsm7,
    Ucs2,
}
