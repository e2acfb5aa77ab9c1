using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Lists;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;
using BulkSms.TwilioSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.EndToEnd;

/// <summary>The credentials are in a vault: what happens when they change there, and when it is away.</summary>
public sealed class KeyVaultTests(MemoryFixture memory)
{
    private const string AccountSid = "TwilioAccountSid";
    private const string AuthToken = "TwilioAuthToken";
    private const string Rotated = "1111111111111111111111111111fa4e";

    [Fact]
    public async Task TokenRotated_UnderLoad_CostsNoMessageAndHaltsNothing()
    {
        await using var vault = await SmallVault.StartAsync();
        await using var twilio = await TwilioAsync(vault);
        await using var app = await StartAsync(
            vault, twilio, KeyValuePair.Create<string, string?>("Sending:SegmentsPerSecond", "60"), KeyValuePair.Create<string, string?>("Callbacks:PollAfter", "00:00:01"));
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(120));
        await Eventually.TrueAsync(() => twilio.Messages.Accepted >= 20);

        vault.Secrets[AuthToken] = twilio.Options.AuthToken = Rotated;
        var view = await SweptAsync(app, accepted.BroadcastId); // callbacks that came before the new token was known are refused: those messages are asked for

        Assert.Equal(120, view.Counts[RecipientStatus.Delivered]);
        Assert.Equal((120, 1), (twilio.Messages.Accepted, twilio.Messages.MaxAcceptedPerNumber));
        Assert.InRange(vault.Reads, 3, 8); // two at start, and then one reads for all
        Assert.Equal("running", (await app.Http.GetFromJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!.Status);
        Assert.DoesNotContain(Rotated, app.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenRotated_WhenAllIsSent_WhatNoCallbackCameForIsStillFetched()
    {
        await using var vault = await SmallVault.StartAsync();
        await using var twilio = await TwilioAsync(vault);
        twilio.Faults.Callbacks.LossProbability = 1;
        await using var app = await StartAsync(vault, twilio, KeyValuePair.Create<string, string?>("Callbacks:PollAfter", "00:00:01"));
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(3));
        await app.GetAsync(accepted.BroadcastId, view => view.Status == "finishing");

        vault.Secrets[AuthToken] = twilio.Options.AuthToken = Rotated; // nothing is sent that would find out
        var view = await SweptAsync(app, accepted.BroadcastId);

        Assert.Equal(3, view.Counts[RecipientStatus.Delivered]);
    }

    [Fact]
    public async Task TokenRotated_AtTwilioOnly_HaltsAndKeepsTheMessage()
    {
        await using var vault = await SmallVault.StartAsync();
        await using var twilio = await TwilioAsync(vault);
        await using var app = await StartAsync(vault, twilio);
        twilio.Options.AuthToken = Rotated;
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");

        var sending = await Eventually.GetAsync(() => app.GetJsonAsync("/api/v1/sending", ApiJson.Default.SendingView), sending => sending!.Status == "suspended");
        Assert.Equal((20003, "the credentials are wrong"), (sending!.Code, sending.Reason));

        vault.Secrets[AuthToken] = Rotated;
        using var resumed = await app.Http.PostAsync("/api/v1/sending/resume", null);
        Assert.Equal(1, (await app.CompletedAsync(accepted.BroadcastId)).Counts[RecipientStatus.Delivered]);
    }

    [Fact]
    public async Task VaultDown_TheCredentialsReadBeforeGoOn()
    {
        await using var vault = await SmallVault.StartAsync();
        await using var twilio = await TwilioAsync(vault);
        await using var app = await StartAsync(vault, twilio, KeyValuePair.Create<string, string?>("KeyVault:CacheFor", "00:00:10"));
        vault.IsDown = true;
        var account = await app.Service<TwilioCredentialsSource>().GetAsync(default);

        var renewed = await app.Service<TwilioCredentialsSource>().RenewAsync(account, DateTimeOffset.MaxValue);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");

        Assert.Equal(account, renewed);
        Assert.Contains("Key Vault does not answer", app.Logs.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await app.CompletedAsync(accepted.BroadcastId)).Counts[RecipientStatus.Delivered]);
    }

    [Fact]
    public async Task Doctor_WithAVault_TellsTheAgeOfTheTokenAndNotTheToken()
    {
        await using var vault = await SmallVault.StartAsync();
        await using var twilio = await TwilioAsync(vault);
        vault.WrittenAt = TimeProvider.System.GetUtcNow().AddDays(-400);
        await using var app = await StartAsync(vault, twilio);

        var found = await app.Http.GetStringAsync("/api/v1/doctor");

        Assert.Contains("The auth token is in the vault since 400 days.", found, StringComparison.Ordinal);
        Assert.DoesNotContain(twilio.Options.AuthToken, found + app.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_AfterARotation_AsksAnewWhichCountriesMayBeTexted()
    {
        await using var vault = await SmallVault.StartAsync();
        await using var twilio = await TwilioAsync(vault);
        await using var app = await StartAsync(vault, twilio);
        var secrets = app.Service<TwilioCredentialsSource>();
        Assert.Null(await WarningsAsync(app));
        twilio.Account.RefusedCountries.Add("GB");
        Assert.Null(await WarningsAsync(app)); // it is kept

        vault.Secrets[AuthToken] = twilio.Options.AuthToken = Rotated;
        await secrets.RenewAsync(await secrets.GetAsync(default), DateTimeOffset.MaxValue);

        Assert.StartsWith("goes to GB", Assert.Single((await WarningsAsync(app))!).Text, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<ListWarning>?> WarningsAsync(TestApp app)
    {
        using var answer = await app.PostJsonAsync("""{"message": "Hello. Reply STOP to opt out", "recipients": ["+447400123456"]}""", "/api/v1/broadcasts/preview");
        return (await answer.Content.ReadFromJsonAsync(ApiJson.Default.PreviewView))!.Warnings;
    }

    [Theory]
    [InlineData(AccountSid)]
    [InlineData(AuthToken)]
    public async Task SecretMissing_AtStart_StopsTheAppAndIsNamed(string missing)
    {
        await using var vault = await SmallVault.StartAsync();
        await using var twilio = await TwilioAsync(vault);
        vault.Secrets.TryRemove(missing, out _);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(vault, twilio));

        Assert.Equal($"The secret {missing} cannot be read from Key Vault (status 404).", fault.Message);
    }

    private static Task<BroadcastView> SweptAsync(TestApp app, string broadcastId) => Eventually.GetAsync(
        async () =>
        {
            await app.Service<Sweeper>().RunAsync(default);
            return await app.GetAsync(broadcastId);
        },
        view => view.Status == "completed");

    private static async Task<TwilioServer> TwilioAsync(SmallVault vault)
    {
        var twilio = await TwilioServer.StartAsync();
        vault.Secrets[AccountSid] = twilio.Options.AccountSid;
        vault.Secrets[AuthToken] = twilio.Options.AuthToken;
        return twilio;
    }

    // Only the vault knows the credentials.
    private Task<TestApp> StartAsync(SmallVault vault, TwilioServer twilio, params KeyValuePair<string, string?>[] settings) => TestApp.StartAsync(
        memory.NewAccount(),
        [new("Twilio:AccountSid", null), new("Twilio:AuthToken", null), .. settings],
        twilio: twilio,
        configure: builder => builder.Services.AddSingleton(vault.Client()));
}
