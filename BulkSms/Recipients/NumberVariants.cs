namespace BulkSms.Recipients;

/// <summary>
/// One phone, several numbers. Argentina's mobiles have a 9 after +54, which is left out at home and by many senders; Brazil's got a ninth digit, and Mexico's
/// lost a 1, but old address books and some carriers keep the former number. What is sent goes to the number as it was written; who has opted out, or is named
/// twice, is found under all of them.
/// </summary>
public static class NumberVariants
{
    private const int MexicanLength = 10;
    private const int ArgentineLength = 10;
    private const int FormerBrazilianLength = 10;
    private const int BrazilianAreaCode = 2;

    /// <summary>The number that stands for the phone: the present form. Numbers of one phone have one key; every other number is its own.</summary>
    /// <param name="number">E.164.</param>
    public static string KeyOf(string number)
    {
        if (number.Length < 13 || number[0] != '+' || number[1] != '5')
        {
            return number;
        }

        var national = number.AsSpan(3);
        return number[2] switch
        {
            '2' when national.Length == MexicanLength + 1 && national[0] == '1' => $"+52{national[1..]}",
            '4' when national.Length == ArgentineLength && national[0] != '9' => $"+549{national}",
            '5' when national.Length == FormerBrazilianLength && IsFormerMobile(national[BrazilianAreaCode]) => $"+55{national[..BrazilianAreaCode]}9{national[BrazilianAreaCode..]}",
            _ => number,
        };
    }

    /// <summary>Every number of the phone that a number is one of, the one that stands for it first.</summary>
    public static IReadOnlyList<string> Of(string number)
    {
        var key = KeyOf(number);
        var national = key.Length < 13 ? "" : key[3..];
        return key.AsSpan(0, Math.Min(3, key.Length)) switch
        {
            "+52" when national.Length == MexicanLength => [key, $"+521{national}"],
            "+54" when national.Length == ArgentineLength + 1 && national[0] == '9' && national[1] != '9' => [key, $"+54{national[1..]}"],
            "+55" when national.Length == FormerBrazilianLength + 1 && national[BrazilianAreaCode] == '9' && IsFormerMobile(national[BrazilianAreaCode + 1]) =>
                [key, $"+55{national[..BrazilianAreaCode]}{national[(BrazilianAreaCode + 1)..]}"],
            _ => [key],
        };
    }

    // Brazil's numbers of eight digits: mobiles began with 6 to 9, fixed lines with 2 to 5. A fixed line's digits after a 9 are another person's mobile.
    private static bool IsFormerMobile(char first) => first is >= '6' and <= '9';
}
