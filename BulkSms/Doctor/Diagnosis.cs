namespace BulkSms.Doctor;

/// <summary>Facts → lines, in their order. Pure: each line has a status whatever is known.</summary>
public static class Diagnosis
{
    public static IReadOnlyList<DoctorLine> Of(DoctorFacts facts) =>
    [
        .. AccountLines.Of(facts),
        .. SenderLines.Of(facts),
        .. ServiceLines.Of(facts),
        .. OwnLines.Of(facts),
    ];
}
