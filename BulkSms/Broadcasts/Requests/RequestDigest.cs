using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BulkSms.Messages;
using BulkSms.Profiles;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>
/// A digest of what a request asks for: of all that changes what is sent or kept, after reading and normalising. Spacing and the order of fields do not matter. A test changes each
/// property of a request and compares: one that is forgotten here makes it fail.
/// </summary>
public sealed class RequestDigest : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> buffer = new(BufferSize);

    private RequestDigest()
    {
    }

    /// <summary>Makes it.</summary>
    public static string Of(BroadcastRequest request)
    {
        using var digest = new RequestDigest();
        digest.Append(request.Terms.Written); // as asked: a setting that changes what is sent makes no repeat another request
        digest.Append(request.Recipients);
        foreach (var skipped in request.Skipped)
        {
            digest.Append(Text($"{skipped.Place} {skipped.Reason} {skipped.DuplicateOf} {skipped.HasOtherText}"));
            digest.Append(skipped.Written);
            digest.Append(skipped.Reference);
        }

        foreach (var (name, value) in FieldsOf(request))
        {
            digest.Append(name);
            digest.Append(value);
        }

        digest.Flush();
        return Convert.ToHexStringLower(digest.hash.GetHashAndReset());
    }

    public void Dispose() => hash.Dispose();

    private static IEnumerable<(string Name, string? Value)> FieldsOf(BroadcastRequest request)
    {
        yield return ("priority", Text($"{request.Terms.IsHigh}"));
        yield return ("sendAt", Text($"{request.SendAt:O}"));
        yield return ("sendOver", Text($"{request.SendOver:c}"));
        yield return ("canary", request.Terms.Canary?.ToString());
        yield return ("expiresAt", Text($"{request.ExpiresAt:O}"));
        yield return ("quietHours", request.Terms.AskedQuiet?.ToString());
        yield return ("defaultRegion", request.Terms.Numbers.DefaultRegion);
        yield return ("strict", Text($"{request.Terms.Numbers.Strict}"));
        yield return ("maxCost", Text($"{request.Terms.MaxCost}"));
        yield return ("onInvalid", Text($"{request.Terms.SkipInvalid}"));
        yield return ("onDuplicate", Text($"{request.Terms.OnDuplicate}"));
        yield return ("skipKnownBad", Text($"{request.Terms.SkipKnownBad}"));
        yield return ("smartEncoding", Text($"{request.Terms.AskedSmartEncoding}"));
        yield return ("test", Text($"{request.Terms.IsTest}"));
        yield return ("invalid", Text($"{request.Invalid}"));
        yield return ("isFile", Text($"{request.Places.AreLines}"));
        if (request.Terms.Extras is { IsNone: false } extras) // else the digest is that of a version that knew none
        {
            yield return (MessageExtras.MediaUrlsName, string.Join('\n', extras.MediaUrls));
            yield return (MessageExtras.ContentSidName, extras.ContentSid);
            yield return (MessageExtras.ShortenUrlsName, Text($"{extras.ShortenUrls}"));
        }

        if (Profile.Shown(request.Terms.Profile) is { } profile)
        {
            yield return ("profile", profile.ToUpperInvariant()); // named or not, "default" is one: so is the digest of a version that knew no other
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Append(RecipientList list)
    {
        for (var i = 0; i < list.Unique.Count; i++)
        {
            Append(list.Unique[i]);
            Append(list.Places[i]);
            Append(list.CopyAt(i));
            if (list.Texts is { } texts)
            {
                Append(texts.ValuesAt(i));
            }

            // Data is the same in whatever order its members are given.
            var (written, reference, shape, values) = list.Details.PartsAt(i);
            Append(written);
            Append(reference);
            Append(shape?.Key ?? []);
            foreach (var at in shape?.Order ?? [])
            {
                Append(values[at]);
            }
        }
    }

    // With its length, so that no two lists of parts are the same bytes.
    private void Append(string? text)
    {
        Append(text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, buffer);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Append(bytes.Length);
        buffer.Write(bytes);
    }

    private void Append(int number)
    {
        if (buffer.WrittenCount > BufferSize / 2)
        {
            Flush();
        }

        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), number);
        buffer.Advance(sizeof(int));
    }

    private void Flush()
    {
        hash.AppendData(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }
}
