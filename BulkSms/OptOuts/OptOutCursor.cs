using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using BulkSms.Twilio;

namespace BulkSms.OptOuts;

/// <summary>
/// Where a page of the list ends, as callers hand it back in the address. The place is a phone number, and addresses are logged: so it is encrypted, by a key
/// that all instances derive from the auth token. A token that is rotated in between makes the caller begin anew.
/// </summary>
public sealed class OptOutCursor(TwilioCredentialsSource credentials)
{
    private const int MaxLength = 2000;
    private static readonly byte[] Purpose = "BulkSms opt-out cursor"u8.ToArray();

    /// <summary>The cursor after a place.</summary>
    public async Task<string> WriteAsync(string place, CancellationToken cancellation)
    {
        var (nonce, tag) = (RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize), new byte[AesGcm.TagByteSizes.MaxSize]);
        var text = Encoding.UTF8.GetBytes(place);
        var hidden = new byte[text.Length];
        using var cipher = new AesGcm(await KeyAsync(cancellation), tag.Length);
        cipher.Encrypt(nonce, text, hidden, tag);
        return Base64Url.EncodeToString([.. nonce, .. tag, .. hidden]);
    }

    /// <summary>The place again; null for what is no cursor of ours.</summary>
    public async Task<string?> ReadAsync(string cursor, CancellationToken cancellation)
    {
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor) || Base64Url.DecodeFromChars(cursor) is not { } bytes || bytes.Length < nonce + tag)
        {
            return null;
        }

        var text = new byte[bytes.Length - nonce - tag];
        using var cipher = new AesGcm(await KeyAsync(cancellation), tag);
        try
        {
            cipher.Decrypt(bytes.AsSpan(0, nonce), bytes.AsSpan(nonce + tag), bytes.AsSpan(nonce, tag), text);
            return Encoding.UTF8.GetString(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private async Task<byte[]> KeyAsync(CancellationToken cancellation) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes((await credentials.GetAsync(cancellation)).AuthToken), 32, info: Purpose);
}
