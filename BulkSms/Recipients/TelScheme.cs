namespace BulkSms.Recipients;

/// <summary>
/// A number in a CSV file: <c>tel:+15551234567</c> (RFC 3966). A cell that begins with a plus sign is a formula to a spreadsheet, which shows and saves it as
/// another text. Numbers are read with or without <c>tel:</c> everywhere, so that what is exported can be sent to, or imported.
/// </summary>
public static class TelScheme
{
    private const string Scheme = "tel:";

    public static string Write(string number) => Scheme + number;
}
