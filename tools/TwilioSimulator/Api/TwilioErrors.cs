using System.Collections.Frozen;

namespace BulkSms.TwilioSimulator;

/// <summary>Twilio's words and HTTP statuses for its error codes.</summary>
internal static class TwilioErrors
{
    private static readonly FrozenDictionary<int, (int HttpStatus, string Message)> Known =
        new Dictionary<int, (int, string)>
        {
            [20003] = (401, "Authenticate"),
            [20005] = (403, "Account is not active"),
            [20404] = (404, "The requested resource was not found"),
            [20429] = (429, "Too Many Requests"),
            [20500] = (500, "Internal Server Error"),
            [20503] = (503, "Service Unavailable"),
            [21211] = (400, "Invalid 'To' Phone Number: {0}"),
            [21212] = (400, "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID."),
            [21408] = (400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {0}"),
            [21602] = (400, "Message body is required."),
            [21603] = (400, "A 'From' phone number is required."),
            [21604] = (400, "A 'To' phone number is required."),
            [21606] = (400, "The 'From' phone number is not a valid, SMS-capable number of your account, for the 'To' number: {0}"),
            [21609] = (400, "The 'StatusCallback' URL is not a valid URL."),
            [21610] = (400, "Attempt to send to unsubscribed recipient"),
            [21612] = (400, "The 'To' phone number: {0}, is not currently reachable via SMS."),
            [21614] = (400, "'To' number: {0}, is not a valid mobile number"),
            [21617] = (400, "The concatenated message body exceeds the 1600 character limit"),
            [21620] = (400, "Invalid media URL(s)"),
            [21623] = (400, "Number of media files exceeds allowed limit"),
            [21655] = (400, "The ContentSid is Invalid"),
            [21656] = (400, "The ContentVariables Parameter is invalid"),
            [21624] = (400, "Invalid validity period value"),
            [21701] = (400, "The Messaging Service does not exist"),
            [21703] = (400, "The Messaging Service contains no phone numbers"),
            [30003] = (400, "Unreachable destination handset"),
            [30004] = (400, "Message blocked"),
            [30005] = (400, "Unknown destination handset"),
            [30006] = (400, "Landline or unreachable carrier"),
            [30007] = (400, "Message filtered"),
            [30008] = (400, "Unknown error"),
            [30036] = (400, "Validity Period Expired"),
            [30400] = (400, "Parameters are not valid"),
            [30409] = (409, "This message cannot be canceled"),
            [35111] = (400, "SendAt timestamp is missing"),
            [35114] = (400, "SendAt time must be between 300 seconds and 35 days (3024000 seconds) in the future, inclusive."),
            [35118] = (400, "MessagingServiceSid is required to schedule a message"),
            [35126] = (400, "The ScheduleType value provided is not supported for this channel"),
        }.ToFrozenDictionary();

    public static int HttpStatus(int code) => Known.TryGetValue(code, out var known) ? known.HttpStatus : 400;

    /// <param name="code">Twilio's error code.</param>
    /// <param name="to">Twilio repeats the number in some messages; so a log of them is a log of numbers.</param>
    public static string Message(int code, string? to = null) =>
        Known.TryGetValue(code, out var known) ? known.Message.Replace("{0}", to, StringComparison.Ordinal) : "Error";
}
