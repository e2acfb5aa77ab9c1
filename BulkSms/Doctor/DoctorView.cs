using System.Text.Json.Serialization;

namespace BulkSms.Doctor;

/// <param name="Status">The worst of the lines: <c>failure</c>, <c>warning</c>, <c>unknown</c>, <c>ok</c>.</param>
/// <param name="CheckedAt">When it was asked.</param>
/// <param name="Lines">What was found, each line by itself.</param>
public sealed record DoctorView(string Status, DateTimeOffset CheckedAt, IReadOnlyList<DoctorLine> Lines)
{
    private static readonly string[] WorstFirst = [DoctorStatus.Failure, DoctorStatus.Warning, DoctorStatus.Unknown, DoctorStatus.Ok];

    public static DoctorView Of(DateTimeOffset checkedAt, IReadOnlyList<DoctorLine> lines) =>
        new(WorstFirst.First(status => status == DoctorStatus.Ok || lines.Any(line => line.Status == status)), checkedAt, lines);
}

/// <param name="Id">What was looked at: one of a fixed list.</param>
/// <param name="Status"><c>ok</c>, <c>warning</c>, <c>failure</c>; <c>unknown</c> when it could not be asked.</param>
/// <param name="Found">What was found.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Action">The one thing to do; null: nothing.</param>
public sealed record DoctorLine(
    string Id, string Status, string Found, string Why, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Action);

/// <summary>The words of a line's status.</summary>
public static class DoctorStatus
{
    public const string Ok = "ok";
    public const string Warning = "warning";
    public const string Failure = "failure";
    public const string Unknown = "unknown";
}
