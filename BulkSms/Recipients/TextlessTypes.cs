using PhoneNumbers;

namespace BulkSms.Recipients;

/// <summary>Numbers that cannot get texts, by the type that their country has given their range. A range that may be mobiles is none of them.</summary>
internal static class TextlessTypes
{
    /// <summary>A mobile of Argentina that is written without its 9 reads as a landline: there the type is not sure.</summary>
    private const string Unsure = "+54";

    private const string NoRegion = "ZZ";
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>Why a number cannot get texts, in words for the caller; null: it may.</summary>
    /// <param name="number">E.164, valid.</param>
    public static string? ErrorOf(string number) => Library.GetNumberType(Library.Parse(number, NoRegion)) switch
    {
        PhoneNumberType.PREMIUM_RATE => NumberErrors.NoTexts("a premium-rate number"),
        PhoneNumberType.SHARED_COST => NumberErrors.NoTexts("a shared-cost number"),
        PhoneNumberType.FIXED_LINE when !number.StartsWith(Unsure, StringComparison.Ordinal) => NumberErrors.NoTexts("a landline"),
        _ => null,
    };
}
