namespace BulkSms.Cases;

/// <summary>What came of the cases.</summary>
/// <param name="Run">Cases that were run.</param>
/// <param name="Differences">A line for each that differs.</param>
/// <param name="Waiting">Cases that wait for work to come.</param>
/// <param name="Unread">Files that no kind reads.</param>
public sealed record CaseReport(int Run, IReadOnlyList<string> Differences, int Waiting, IReadOnlyList<string> Unread)
{
    public bool IsClean => Run > 0 && Differences.Count == 0;

    public static CaseReport Sum(IReadOnlyCollection<CaseReport> reports, IReadOnlyList<string> unread) =>
        new(reports.Sum(each => each.Run), [.. reports.SelectMany(each => each.Differences)], reports.Sum(each => each.Waiting), unread);

    public override string ToString() =>
        $"{Run} cases run, {Differences.Count} differ, {Waiting} wait{(Unread.Count == 0 ? "" : $", not read: {string.Join(", ", Unread)}")}.";
}
