using System.Net;
using BulkSms.Twilio.Account;

namespace BulkSms.Doctor;

/// <summary>What one line says of a fact: its status, what was found, what to do.</summary>
internal sealed record Finding(string Status, string Found, string? Action = null)
{
    private const string AskLater = "Ask again. If it stays so, look at status.twilio.com, and at what this app may reach.";

    private const string AfterCredentials = "First do what the line credentials says, and ask again.";

    public static Finding Ok(string found) => new(DoctorStatus.Ok, found);

    public static Finding Warning(string found, string action) => new(DoctorStatus.Warning, found, action);

    public static Finding Failure(string found, string action) => new(DoctorStatus.Failure, found, action);

    public static Finding Unknown(string found, string? action = null) => new(DoctorStatus.Unknown, found, action);

    /// <summary>Judges what is known; what is not known is unknown, with its reason.</summary>
    public static Finding Of<T>(Asked<T> asked, Func<T, Finding> judge)
        where T : class => asked.IsKnown ? judge(asked.Value) : NotAsked(asked);

    /// <summary>What had no answer.</summary>
    public static Finding NotAsked<T>(Asked<T> asked)
        where T : class => Unknown(asked.Trouble, asked.Status == (int)HttpStatusCode.Unauthorized ? AfterCredentials : AskLater);

    public DoctorLine Line(string id, string why) => new(id, Status, Found, why, Action);
}
