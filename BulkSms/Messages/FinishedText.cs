using BulkSms.Common;

namespace BulkSms.Messages;

/// <summary>A text as it is counted, shown, kept and sent.</summary>
public static class FinishedText
{
    /// <summary>Normalizes a text to NFC: phones and Twilio count an <c>é</c> of one character as GSM-7, and of two as UCS-2.</summary>
    /// <param name="text">What the caller wrote, with its values put in.</param>
    /// <param name="smartEncoding">Whether <see cref="SmartEncoding"/> is wanted.</param>
    public static string Of(string text, bool smartEncoding) => smartEncoding ? SmartEncoding.Of(Composition.Of(text)) : Composition.Of(text);
}
