using BulkSms.Broadcasts.Requests;
using BulkSms.Http;
using BulkSms.Messages;
using BulkSms.Profiles;

namespace BulkSms.Tests.Profiles;

/// <summary>Which profile a request gets, and what is said of one that its caller may not use.</summary>
public sealed class ProfileChoiceTests
{
    private static readonly Profile Default = new(Profile.DefaultName, new());
    private static readonly Profile Alerts = new("Alerts", new() { Roles = "Profile.Alerts;Broadcast.Manage" });

    [Theory]
    [InlineData(null, "default")]
    [InlineData("default", "default")]
    [InlineData("DEFAULT", "default")]
    [InlineData("alerts", "Alerts")]
    public void Find_AProfileOfTheCallers_IsFoundAsTheSettingsSpellIt(string? asked, string expected) =>
        Assert.Equal(expected, new ProfileChoice([Default, Alerts]).Find(asked, out _)?.Name);

    [Theory]
    [InlineData("gone", "must be one of default, Alerts: these profiles are yours to use")]
    [InlineData("", "must be one of default, Alerts: these profiles are yours to use")]
    public void Find_AnUnknownOne_NamesThoseOfTheCaller(string asked, string expected) => Assert.Equal(expected, ErrorOf([Default, Alerts], asked));

    [Fact]
    public void Find_AnothersProfile_IsAsUnknownAsNone()
    {
        Assert.Equal("must be default: no other profile is yours to use", ErrorOf([Default], "Alerts"));
        Assert.Equal(ErrorOf([Default], "gone"), ErrorOf([Default], "Alerts"));
    }

    [Fact]
    public void Find_NoneWhereDefaultIsNotTheCallers_IsRequired()
    {
        Assert.Equal("is required, and must be Alerts: no other profile is yours to use", ErrorOf([Alerts], null));
        Assert.Equal("cannot be given: your token has no role that a profile asks for", ErrorOf([], null));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("Broadcast.Send", false)]
    [InlineData("Broadcast.Send Profile.Alerts", true)]
    [InlineData("Broadcast.Manage", true)]
    public void MayBeUsed_ProfileWithRoles_AsksForOneOfThem(string? roles, bool expected) =>
        Assert.Equal(expected, Alerts.MayBeUsedWith(roles?.Split(' ').ToHashSet(StringComparer.Ordinal)));

    [Theory]
    [InlineData("""{"profile": "alerts", "message": "Hi", "recipients": ["+12015550101"]}""", "Alerts", null)]
    [InlineData("""{"message": "Hi", "recipients": ["+12015550101"]}""", "default", null)]
    [InlineData("""{"profile": 1, "message": "Hi", "recipients": ["+12015550101"]}""", null, "must be the name of a profile")]
    [InlineData("""{"profile": null, "message": "Hi", "recipients": ["+12015550101"]}""", null, "must be the name of a profile")]
    [InlineData("""{"profile": "mail", "message": "Hi", "recipients": ["+12015550101"]}""", null, "must be one of default, Alerts: these profiles are yours to use")]
    public void Read_Request_HasTheProfileOrAnErrorAtItsPlace(string json, string? expected, string? error)
    {
        using var document = JsonBody.Parse(System.Text.Encoding.UTF8.GetBytes(json));
        var errors = new FieldErrors();
        var reader = new JsonRequestReader(Microsoft.Extensions.Options.Options.Create(new BulkSms.Broadcasts.BroadcastOptions()), TimeProvider.System);

        var request = reader.Read(document.RootElement, errors, new([Default, Alerts]));

        Assert.Equal(expected, request?.Terms.Profile);
        Assert.Equal(error is null ? [] : [("$.profile", error)], errors.First.Select(each => (each.Key, Assert.Single(each.Value))));
    }

    [Theory]
    [InlineData("""{"profile": "alerts", "message": "It’s", "recipients": ["+12015550101"]}""", "It's", "21:00-08:00 Europe/Berlin")]
    [InlineData("""{"profile": "alerts", "smartEncoding": false, "quietHours": {"from": "22:00", "to": "07:00"}, "message": "It’s", "recipients": ["+12015550101"]}""", "It’s", "22:00-07:00")]
    [InlineData("""{"message": "It’s", "recipients": ["+12015550101"]}""", "It’s", null)]
    public void Read_WhatTheRequestDoesNotSay_TheProfileDecides(string json, string message, string? quiet)
    {
        using var document = JsonBody.Parse(System.Text.Encoding.UTF8.GetBytes(json));
        var reader = new JsonRequestReader(Microsoft.Extensions.Options.Options.Create(new BulkSms.Broadcasts.BroadcastOptions()), TimeProvider.System);

        var request = reader.Read(document.RootElement, new(), new([Default, new("alerts", new() { SmartEncoding = true, QuietHours = "21:00-08:00 Europe/Berlin" })]))!;

        Assert.Equal((message, quiet), (request.Message, request.Quiet?.ToString()));
    }

    [Fact]
    public void Prices_OfAProfile_ComeFirst()
    {
        var own = new ProfileSettings();
        own.Prices["US"] = 0.02m;
        own.Prices["FR"] = 0.07m;
        var prices = BulkSms.Estimates.PriceList.Of(new(), [], [Default, new("alerts", own)]);

        Assert.Equal((0.0079m, null), (prices.For("default", MessageExtras.None).Of("US"), prices.Of("FR")));
        Assert.Equal((0.02m, 0.07m, 0.0582m), (prices.For("Alerts", MessageExtras.None).Of("US"), prices.For("alerts", MessageExtras.None).Of("FR"), prices.For("alerts", MessageExtras.None).Of("GB")));
    }

    private static string ErrorOf(IReadOnlyList<Profile> allowed, string? asked)
    {
        Assert.Null(new ProfileChoice(allowed).Find(asked, out var error));
        return error;
    }
}
