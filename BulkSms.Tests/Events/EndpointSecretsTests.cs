using BulkSms.Events;
using BulkSms.Outbox;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Events;

public sealed class EndpointSecretsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Key = Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray());

    [Fact]
    public async Task Encrypt_ThenRead_GivesTheSameBytesAndStoresNoneOfThem()
    {
        var (secrets, secret) = (Of(Key), EndpointSecrets.New());

        var stored = await secrets.EncryptAsync("crm", secret, default);

        Assert.Equal([EndpointSecrets.BytesOf(secret)], await secrets.OfAsync(Endpoint("crm", stored), Now, default));
        Assert.DoesNotContain(secret[6..30], stored, StringComparison.Ordinal);
        Assert.NotEqual(stored, await secrets.EncryptAsync("crm", secret, default));
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", secret);
    }

    [Fact]
    public async Task Read_AnotherKeyOrAnotherEndpoint_IsRefusedInWords()
    {
        var stored = await Of(Key).EncryptAsync("crm", EndpointSecrets.New(), default);

        var otherKey = await Assert.ThrowsAsync<InvalidOperationException>(() => Of(Convert.ToBase64String(new byte[32])).OfAsync(Endpoint("crm", stored), Now, default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Of(Key).OfAsync(Endpoint("erp", stored), Now, default));

        Assert.Contains("rotate", otherKey.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotated_UntilTheOldOneEnds_BothSign()
    {
        var secrets = Of(Key);
        var endpoint = Endpoint("crm", await secrets.EncryptAsync("crm", EndpointSecrets.New(), default)) with
        {
            OldSecret = await secrets.EncryptAsync("crm", EndpointSecrets.New(), default),
            OldSecretUntil = Now,
        };

        Assert.Equal(2, (await secrets.OfAsync(endpoint, Now.AddSeconds(-1), default)).Count);
        Assert.Single(await secrets.OfAsync(endpoint, Now.AddSeconds(1), default));
    }

    [Fact]
    public async Task Key_InTheVault_IsReadAndGoesOnWhenTheVaultIsAway()
    {
        await using var vault = await SmallVault.StartAsync();
        vault.Secrets["EventSecretsKey"] = Key;
        var time = new FakeTimeProvider(Now);
        var keys = new EventKeySource(Options.Create(new EventOptions()), time, vault.Client());

        var key = await keys.GetAsync(default);
        vault.IsDown = true;
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(Convert.FromBase64String(Key), key);
        Assert.Equal(key, await keys.GetAsync(default));
    }

    [Theory]
    [InlineData(null, "status 404")]
    [InlineData("short", "32 bytes")]
    public async Task Key_MissingOrWrongInTheVault_IsNamedAndNotShown(string? stored, string expected)
    {
        await using var vault = await SmallVault.StartAsync();
        if (stored is not null)
        {
            vault.Secrets["EventSecretsKey"] = stored;
        }

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => new EventKeySource(Options.Create(new EventOptions()), TimeProvider.System, vault.Client()).GetAsync(default));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.True(stored is null || !fault.Message.Contains(stored, StringComparison.Ordinal));
    }

    private static EndpointSecrets Of(string key) => Options.Create(new EventOptions { SecretsKey = key }) is var options ? new(new(options, TimeProvider.System), options) : null!;

    private static EventEndpoint Endpoint(string name, string secret) => new() { Name = name, Url = new("https://example.com"), Types = [], CreatedAt = Now, Secret = secret };
}
