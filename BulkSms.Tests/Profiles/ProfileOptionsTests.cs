using BulkSms.Profiles;
using BulkSms.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Profiles;

/// <summary>Profiles that could not send, or would send otherwise than it seems, stop the app at start, each by its setting.</summary>
public sealed class ProfileOptionsTests
{
    private const string Service = "MG000000000000000000000000000000aa";
    private const string Account = "AC000000000000000000000000000000aa";
    private static readonly string Own = "MG" + new string('0', 32);

    [Fact]
    public void Profiles_None_IsDefaultAlone()
    {
        Assert.Empty(ErrorsOf());
        var profile = Assert.Single(Catalog().All);
        Assert.Equal(("default", true, true), (profile.Name, profile.IsDefault, profile.MayBeUsedWith(null)));
    }

    [Fact]
    public void Profiles_Several_AreThereByName()
    {
        var catalog = Catalog(("alerts:MessagingServiceSid", Service), ("alerts:SegmentsPerSecond", "0.5"), ("Mail-2:MessagingServiceSid", Own.Replace('0', '1')));

        Assert.Equal(["default", "Mail-2", "alerts"], catalog.All.Select(profile => profile.Name));
        Assert.Equal((Service, 0.5), catalog.Find("ALERTS") is { Settings: { } settings } ? (settings.MessagingServiceSid, settings.SegmentsPerSecond) : default);
        Assert.Equal((catalog.Default, catalog.Default, null), (catalog.Find(null), catalog.Find("Default"), catalog.Find("gone")));
    }

    [Theory]
    [InlineData("alerts:SegmentsPerSecond", "5", "Profiles:alerts:MessagingServiceSid is required")]
    [InlineData("alerts:MessagingServiceSid", "MGnope", "Profiles:alerts:MessagingServiceSid must match")]
    [InlineData("al erts:MessagingServiceSid", Service, "Profiles:al erts: a profile's name must be")]
    [InlineData("alerts!:MessagingServiceSid", Service, "Profiles:alerts!: a profile's name must be")]
    [InlineData("alerts:SegmentsPerSecond", "0", "Profiles:alerts:SegmentsPerSecond must be between")]
    [InlineData("alerts:MaxConcurrency", "2001", "Profiles:alerts:MaxConcurrency must be between")]
    [InlineData("alerts:Roles", "Broadcast.Sned", "Profiles:alerts:Roles: Broadcast.Sned is no role")]
    [InlineData("alerts:Roles", "profile.Alerts", "Profiles:alerts:Roles: profile.Alerts is no role")]
    [InlineData("alerts:Roles", "Profile.Alerts", "Profiles:alerts:Roles needs Auth:Authority and Auth:Audience")]
    [InlineData("default:MessagingServiceSid", Service, "Profiles:default:MessagingServiceSid cannot be set: of the profile default it is Twilio:MessagingServiceSid")]
    [InlineData("Default:SegmentsPerSecond", "5", "Profiles:Default:SegmentsPerSecond cannot be set: of the profile default it is Sending:SegmentsPerSecond")]
    [InlineData("default:MaxConcurrency", "5", "Profiles:default:MaxConcurrency cannot be set")]
    [InlineData("default:AuthToken", "token", "Profiles:default:AuthToken cannot be set")]
    [InlineData("alerts:AuthToken", "token", "Profiles:alerts:AccountSid or Profiles:alerts:AccountSidSecret is required, one of the two")]
    [InlineData("alerts:AccountSid", Account, "Profiles:alerts:AuthToken or Profiles:alerts:AuthTokenSecret is required, one of the two")]
    [InlineData("alerts:AccountSid", "ACnope", "Profiles:alerts:AccountSid must match")]
    [InlineData("alerts:AuthTokenSecret", "AlertsToken", "Profiles:alerts:AuthTokenSecret needs KeyVault:Uri")]
    [InlineData("default:SmartEncoding", "true", "Profiles:default:SmartEncoding cannot be set: of the profile default it is Broadcasts:SmartEncoding")]
    [InlineData("default:Prices:US", "0.01", "Profiles:default:Prices cannot be set")]
    [InlineData("alerts:Prices:UK", "0.01", "Profiles:alerts:Prices:UK must be a price")]
    [InlineData("alerts:Prices:US", "11", "Profiles:alerts:Prices:US must be a price")]
    [InlineData("alerts:QuietHours", "9 pm to 8 am", "Profiles:alerts:QuietHours must be two times of day")]
    [InlineData("alerts:QuietHours", "08:00-08:00", "Profiles:alerts:QuietHours must be two times of day")]
    [InlineData("alerts:Rate", "5", "Profiles:alerts:Rate is not a setting")]
    [InlineData("MessagingServiceSid", Service, "Profiles:MessagingServiceSid is not a setting")]
    public void Start_ProfileThatIsWrong_IsNamedByItsSetting(string setting, string value, string expected) =>
        Assert.Contains(ErrorsOf((setting, value)), error => error.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("alerts", "mail", "Profiles:alerts:MessagingServiceSid and Profiles:mail:MessagingServiceSid: the same Messaging Service is given twice")]
    [InlineData("alerts", null, "Profiles:alerts:MessagingServiceSid and Twilio:MessagingServiceSid: the same Messaging Service is given twice")]
    public void Start_MessagingServiceTwice_IsAnError(string one, string? other, string expected)
    {
        (string, string)[] settings = other is null
            ? [($"{one}:MessagingServiceSid", Own)]
            : [($"{one}:MessagingServiceSid", Service), ($"{other}:MessagingServiceSid", Service.ToUpperInvariant())];

        Assert.Contains(ErrorsOf(settings), error => error.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Start_ProfilesAsTheyShouldBe_HaveNoError()
    {
        Assert.Empty(ErrorsOf(
            ("alerts:MessagingServiceSid", Service), ("alerts:AccountSid", Account), ("alerts:AuthToken", "token"), ("alerts:SegmentsPerSecond", "3"), ("alerts:MaxConcurrency", "10"),
            ("alerts:Roles", "Profile.Alerts, Broadcast.Manage"), ("default:Roles", "Broadcast.Send"), ("mail:MessagingServiceSid", Own.Replace('0', '1')),
            ("../Auth:Authority", "https://login.example.com"), ("../Auth:Audience", "api")));
        Assert.Empty(ErrorsOf(
            ("alerts:MessagingServiceSid", Service), ("alerts:AccountSid", Account), ("alerts:AuthTokenSecret", "AlertsToken"), ("../KeyVault:Uri", "https://vault.example.com")));
    }

    private static ProfileCatalog Catalog(params (string Name, string Value)[] settings)
    {
        var options = new ProfileOptions();
        options.Take(Configuration(settings).GetSection(ProfileOptions.Section));
        return new(Options.Create(options));
    }

    private static IConfigurationRoot Configuration((string Name, string Value)[] settings) => new ConfigurationBuilder().AddInMemoryCollection(
    [
        new(StorageServices.Setting, "UseDevelopmentStorage=true"),
        new("Twilio:MessagingServiceSid", Own),
        .. settings.Select(each => new KeyValuePair<string, string?>(each.Name.StartsWith("../", StringComparison.Ordinal) ? each.Name[3..] : $"{ProfileOptions.Section}:{each.Name}", each.Value)),
    ]).Build();

    // As at start: every validator that is registered.
    private static string[] ErrorsOf(params (string Name, string Value)[] settings)
    {
        using var provider = new ServiceCollection().AddBulkSms(Configuration(settings)).BuildServiceProvider();
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
