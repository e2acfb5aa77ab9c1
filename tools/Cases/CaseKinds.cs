using BulkSms.Cases.Kinds;

namespace BulkSms.Cases;

/// <summary>Every kind that can be run. A file of the folder that is not here is counted as unread.</summary>
internal static class CaseKinds
{
    public static IReadOnlyList<ICaseKind> New() =>
        [new NumberCases(), new SamePhoneCases(), new OptOutCases(), new HoursCases(), new AnswerCases(), new MessageCases(), new FileCases()];
}
