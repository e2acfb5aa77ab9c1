using Azure;
using Azure.Security.KeyVault.Secrets;
using BulkSms.Twilio;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>
/// The keys of <see cref="HashKeys"/>: from Key Vault where there is one, else from configuration. They are read once, and again where a hash refers to a version that is not among them: another
/// instance has a newer key.
/// </summary>
public sealed class HashKeySource(IOptions<OptOutOptions> options, SecretClient? vault = null) : IDisposable
{
    private readonly SemaphoreSlim reading = new(1);
    private volatile HashKeys? known;

    /// <summary>Whether the keys are in a vault, which may be away.</summary>
    public bool IsInVault => vault is not null;

    /// <summary>Where the keys come from, for messages.</summary>
    public string Name => vault is null ? $"{OptOutOptions.Section}:{nameof(OptOutOptions.HashKeys)}" : $"the secret {options.Value.HashKeysSecret}";

    /// <summary>The keys, with those of the versions that are asked for.</summary>
    /// <param name="versions">Versions that hashes refer to.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidOperationException">A version has no key; the message names it.</exception>
    public async Task<HashKeys> GetAsync(IReadOnlyCollection<int> versions, CancellationToken cancellation)
    {
        if (known is { } before && versions.All(before.Has))
        {
            return before;
        }

        await reading.WaitAsync(cancellation);
        try
        {
            var keys = known is { } there && versions.All(there.Has) ? there : await ReadAsync(cancellation);
            known = keys;
            return versions.FirstOrDefault(version => !keys.Has(version)) is var missing && missing == 0
                ? keys
                : throw new InvalidOperationException(
                    $"{Name} has no key of version {missing}, and numbers of erased persons are kept as hashes by it: without the key they would be texted. Put the key back.");
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => reading.Dispose();

    private async Task<HashKeys> ReadAsync(CancellationToken cancellation)
    {
        if (vault is null)
        {
            return HashKeys.Parse(options.Value.HashKeys, Name);
        }

        try
        {
            return HashKeys.Parse((await vault.GetSecretAsync(options.Value.HashKeysSecret, cancellationToken: cancellation)).Value.Value, Name);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return HashKeys.None;
        }
    }
}
