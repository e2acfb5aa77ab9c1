using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace BulkSms.Tests.Infra;

/// <summary>What an option of the code may be, by its attribute.</summary>
internal sealed record OptionRange(double Minimum, double Maximum, double Default)
{
    public static OptionRange Of<TOptions>(string option)
        where TOptions : new()
    {
        var property = typeof(TOptions).GetProperty(option)!;
        var range = property.GetCustomAttribute<RangeAttribute>()!;
        return new(Number(range.Minimum), Number(range.Maximum), Number(property.GetValue(new TOptions())!));
    }

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
