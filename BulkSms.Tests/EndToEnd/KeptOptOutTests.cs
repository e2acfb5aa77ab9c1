using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.OptOuts.Wording;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using static BulkSms.Tests.Infrastructure.PersonScene;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Who is erased is not texted: a keyed hash of the number tells, under whichever key.</summary>
public sealed class KeptOptOutTests
{
    private const string NewKey = "2=ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    private const string Sid = "SM33333333333333333333333333333333";

    [Theory]
    [InlineData(Ada)]
    [InlineData(FormerAda)]
    public async Task Broadcast_AfterTheErasure_LeavesEachNumberOfThePersonOut(string number)
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        await EraseAsync(app);

        using var response = await app.Http.PostAsJsonAsync("/api/v1/broadcasts", new { message = "Hello", recipients = new[] { number, Bob } });
        var accepted = (await response.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!;
        using var lookUp = await app.Http.PostAsJsonAsync("/api/v1/optouts/lookup", new { phone = number });

        Assert.Equal((1, 1), (accepted.RecipientsCount, accepted.OptedOut));
        Assert.Equal((number, OptOutSource.Erased), (await lookUp.Content.ReadFromJsonAsync(ApiJson.Default.OptOut)) is { } found ? (found.Phone, found.Source) : default);
        Assert.Empty((await app.Http.GetFromJsonAsync("/api/v1/optouts", ApiJson.Default.OptOutPage))!.OptOuts);
    }

    [Fact]
    public async Task Broadcast_AcceptedWhileAnotherInstanceErases_IsNotSentToThePerson()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        await using var other = await VirtualApp.StartAsync(Settings, app);
        Assert.False((await app.Service<OptOutCache>().ReadAsync()).Contains(Ada)); // loaded before

        await EraseAsync(other);

        Assert.True((await app.Service<OptOutCache>().ReadAsync()).Contains(Ada));
        Assert.False((await app.Service<OptOutCache>().ReadAsync()).Contains(Bob));
    }

    [Fact]
    public async Task Keys_ARotatedOne_OldHashesCountAndNewOnesAreMadeByTheNewKey()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        await EraseAsync(app);
        await using var rotated = await VirtualApp.StartAsync([new("OptOuts:HashKeys", $"{Key};{NewKey}")], app);
        await EndedAsync(rotated, await StartAsync(rotated, "erase", new { phone = Eve }));

        var known = await rotated.Service<OptOutCache>().ReadAsync();

        Assert.Equal((true, true, true, false), (known.Contains(Ada), known.Contains(FormerAda), known.Contains(Eve), known.Contains(Bob)));
        var rows = await rotated.Service<TableServiceClient>().GetTableClient(TableNames.OptOuts).QueryAsync<TableEntity>().ToListAsync();
        Assert.Equal(["k-1.", "k-1.", "k-2."], rows.Select(row => row.RowKey).Where(key => key.StartsWith("k-", StringComparison.Ordinal)).Select(key => key[..4]));
    }

    [Fact]
    public async Task Start_WithoutAKeyThatHashesReferTo_StopsAndNamesIt()
    {
        await using var app = await VirtualApp.StartAsync([new("OptOuts:HashKeys", $"{Key};{NewKey}")]);
        await EraseAsync(app);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => VirtualApp.StartAsync(Settings, app));

        Assert.Contains("OptOuts:HashKeys has no key of version 2", error.Message, StringComparison.Ordinal);
        await using var back = await VirtualApp.StartAsync([new("OptOuts:HashKeys", NewKey)], app); // one that no hash refers to may go
        Assert.True((await back.Service<OptOutCache>().ReadAsync()).Contains(Ada));
    }

    [Theory]
    [InlineData("1=short", "entry 1 has no key")]
    [InlineData($"{Key};x", "entry 2 has no version")]
    [InlineData($"{Key};{Key}", "entry 2 has version 1 again")]
    [InlineData("0=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "entry 1 has no version")]
    public async Task Start_WithKeysThatAreNone_StopsAndTellsNoKey(string keys, string message)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => VirtualApp.StartAsync([new("OptOuts:HashKeys", keys)]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAEC", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vault_HoldsTheKeys_TheyAreReadWhenTheyAreNeeded()
    {
        await using var vault = await SmallVault.StartAsync();
        vault.Secrets["TwilioAccountSid"] = "AC00000000000000000000000000000000";
        vault.Secrets["TwilioAuthToken"] = "made-up";
        var source = new HashKeySource(Microsoft.Extensions.Options.Options.Create(new OptOutOptions { HashKeys = Key }), vault.Client());

        Assert.Null((await source.GetAsync([], default)).Current); // the vault has none, and what is configured does not count
        vault.Secrets["OptOutHashKeys"] = $"{Key};{NewKey}";
        var keys = await source.GetAsync([2], default);
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => source.GetAsync([3], default));

        Assert.Equal((2, true), (keys.Current, keys.Has(1)));
        Assert.Contains("the secret OptOutHashKeys has no key of version 3", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_OfAnErasedPerson_LetsThemBeTexted()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        await EraseAsync(app);

        using var removed = await app.Http.PostAsJsonAsync("/api/v1/optouts/remove", new { phone = FormerAda });

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.False((await app.Service<OptOutCache>().ReadAsync()).Contains(Ada));
        using var lookUp = await app.Http.PostAsJsonAsync("/api/v1/optouts/lookup", new { phone = Ada });
        Assert.Equal(HttpStatusCode.NotFound, lookUp.StatusCode);
    }

    [Fact]
    public async Task Texts_OfAnErasedPerson_ALaterStartCountsAndWhatCameBeforeIsNotHeardAgain()
    {
        await using var app = await VirtualApp.StartAsync(Settings);
        var hear = app.Service<HearTexts>();
        var stop = new HeardText(Sid, InboundVerdict.OptOut, app.Clock.GetUtcNow(), IsTwiliosTime: true, "STOP");
        await hear.HearAsync(Ada, stop, default);
        await EraseAsync(app);

        await hear.HearAsync(Ada, stop, default); // Twilio's list tells of it once more
        Assert.Empty(await StoredAsync(app));
        await hear.HearAsync(FormerAda, new($"SM{new string('4', 32)}", InboundVerdict.OptIn, app.Clock.GetUtcNow().AddMinutes(2), IsTwiliosTime: true, "START"), default);

        Assert.False((await app.Service<OptOutCache>().ReadAsync()).Contains(Ada));
    }

    private static async Task<IReadOnlyList<string>> StoredAsync(VirtualApp app) =>
        [.. (await app.Service<TableServiceClient>().GetTableClient(TableNames.OptOuts).QueryAsync<TableEntity>().ToListAsync()).Select(row => row.RowKey).Where(key => key.Contains("1112345678", StringComparison.Ordinal))];
}
