using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using BulkSms.Storage;
using BulkSms.Tests.Infra;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Documents;

/// <summary>docs/configuration.md lists every setting as the code reads it, and each range is kept at start.</summary>
public sealed class ConfigurationTests
{
    private const string Document = "docs/configuration.md";

    /// <summary>How the setting of a list's entry ends; the list stands for its entries.</summary>
    private const string Entry = "__XX";

    /// <summary>The property of every option that has a range.</summary>
    public static TheoryData<string> Ranges { get; } =
    [
        .. from options in OptionDocuments.All
           from property in OptionDocuments.SettingsOf(options.Type)
           where property.IsDefined(typeof(RangeAttribute))
           select $"{options.Section}:{property.Name}",
    ];

    [Fact]
    public void Document_Settings_AreThoseOfTheOptions() => DocumentFiles.HoldPart(Document, "settings", OptionDocuments.Write());

    [Fact]
    public void Document_Settings_AreAllThatTheCodeReads()
    {
        var text = DocumentFiles.Read(Document).Replace("{name}", "XX", StringComparison.Ordinal).Replace("{country}", "XX", StringComparison.Ordinal);

        Assert.DoesNotContain(KnownSettings.All, setting => !Names(text, setting) && !(setting.EndsWith(Entry, StringComparison.Ordinal) && Names(text, setting[..^Entry.Length])));
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Range_OfASetting_TakesItsBoundsAndRefusesWhatIsBeyond(string setting)
    {
        var (section, name) = (setting.Split(':')[0], setting.Split(':')[1]);
        var property = OptionDocuments.All.Single(options => options.Section == section).Type.GetProperty(name)!;
        var range = property.GetCustomAttribute<RangeAttribute>()!;
        var (lowest, highest, below, above) = range.OperandType == typeof(TimeSpan) ? Times(range) : Numbers(range);

        Assert.DoesNotContain(ErrorsOf(setting, lowest), error => error.Contains($"{setting} must be between", StringComparison.Ordinal));
        Assert.DoesNotContain(ErrorsOf(setting, highest), error => error.Contains($"{setting} must be between", StringComparison.Ordinal));
        Assert.Contains(ErrorsOf(setting, below), error => error.Contains($"{setting} must be between", StringComparison.Ordinal));
        Assert.Contains(ErrorsOf(setting, above), error => error.Contains($"{setting} must be between", StringComparison.Ordinal));
    }

    private static bool Names(string text, string setting) => text.Contains($"`{setting}`", StringComparison.Ordinal);

    private static (string, string, string, string) Times(RangeAttribute range)
    {
        var (least, most, step) = (TimeSpan.Parse((string)range.Minimum, CultureInfo.InvariantCulture), TimeSpan.Parse((string)range.Maximum, CultureInfo.InvariantCulture), TimeSpan.FromMilliseconds(1));
        return ($"{least:c}", $"{most:c}", $"{least - step:c}", $"{most + step:c}");
    }

    private static (string, string, string, string) Numbers(RangeAttribute range)
    {
        var (least, most) = (Convert.ToDecimal(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDecimal(range.Maximum, CultureInfo.InvariantCulture));
        var step = range.OperandType == typeof(double) ? 0.001m : 1;
        return (Text(least), Text(most), Text(least - step), Text(most + step));
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    // As at start: every validator that is registered.
    private static string[] ErrorsOf(string setting, string value)
    {
        var services = new ServiceCollection().AddBulkSms(new ConfigurationBuilder().AddInMemoryCollection(
        [
            new(StorageServices.Setting, "UseDevelopmentStorage=true"),
            new("Twilio:MessagingServiceSid", "MG" + new string('0', 32)),
            new(setting, value),
        ]).Build());
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
        catch (AggregateException e)
        {
            return [.. e.InnerExceptions.OfType<OptionsValidationException>().SelectMany(each => each.Failures)];
        }
    }
}
