using System.Text.RegularExpressions;
using BulkSms.Http;
using BulkSms.Messages;

namespace BulkSms.Broadcasts.Requests;

/// <summary>The fields <c>mediaUrls</c>, <c>contentSid</c> and <c>shortenUrls</c>, and what they allow of each other.</summary>
internal static partial class ExtrasReader
{
    /// <summary>Longest address of a media file.</summary>
    private const int MaxUrlLength = 2048;

    public static readonly IReadOnlyList<string> Names = [MessageExtras.MediaUrlsName, MessageExtras.ContentSidName, VariablesReader.Name, MessageExtras.ShortenUrlsName];

    public static MessageExtras Read(IRequestFields fields, FieldErrors errors)
    {
        var (media, content) = (ReadMedia(fields, errors), ReadContent(fields, errors));
        var shorten = false;
        if (fields.TryFind(MessageExtras.ShortenUrlsName, out var flag) && !flag.TryGetFlag(out shorten))
        {
            errors.Add(fields.PathOf(MessageExtras.ShortenUrlsName), "must be true or false");
        }

        if (content is not null && fields.TryFind(MessageExtras.MediaUrlsName, out _))
        {
            errors.Add(fields.PathOf(MessageExtras.MediaUrlsName), $"must not be given with {MessageExtras.ContentSidName}: the content template has its own media");
        }

        if (content is null && fields.TryFind(VariablesReader.Name, out _) && !fields.TryFind(MessageExtras.ContentSidName, out _))
        {
            errors.Add(fields.PathOf(VariablesReader.Name), $"needs {MessageExtras.ContentSidName}, the content template that they are for");
        }

        return new() { MediaUrls = media, ContentSid = content, ShortenUrls = shorten };
    }

    private static string? ReadContent(IRequestFields fields, FieldErrors errors)
    {
        if (!fields.TryFind(MessageExtras.ContentSidName, out var field))
        {
            return null;
        }

        if (field.TryGetText(out var text) && ContentSid().IsMatch(text))
        {
            return text;
        }

        errors.Add(fields.PathOf(MessageExtras.ContentSidName), "must be the id of a content template: HX and 32 hexadecimal digits");
        return null;
    }

    private static IReadOnlyList<string> ReadMedia(IRequestFields fields, FieldErrors errors)
    {
        var path = fields.PathOf(MessageExtras.MediaUrlsName);
        if (!fields.TryFind(MessageExtras.MediaUrlsName, out var field))
        {
            return [];
        }

        if (!field.TryGetList(out var texts))
        {
            errors.Add(path, "must be an array of addresses, such as [\"https://example.com/map.png\"]");
            return [];
        }

        if (texts.Count is 0 or > MessageExtras.MostMedia)
        {
            errors.Add(path, $"must have 1 to {MessageExtras.MostMedia} addresses; it has {texts.Count}");
            return [];
        }

        var addresses = new List<string>(texts.Count);
        foreach (var (index, text) in texts.Index())
        {
            if (FaultOf(text, out var address) is { } fault)
            {
                errors.Add($"{path}[{index}]", fault);
            }
            else
            {
                addresses.Add(address);
            }
        }

        return addresses;
    }

    // As Twilio is given it, escaped; a password in it would be kept, and shown to all who may read the broadcast.
    private static string? FaultOf(string text, out string address)
    {
        address = "";
        if (MessageTemplate.IsTemplate(text))
        {
            return "must not have placeholders: each recipient gets the same media";
        }

        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.Host.Length == 0 || url.UserInfo.Length > 0)
        {
            return "must be an https address without a user and a password, such as https://example.com/map.png";
        }

        address = url.AbsoluteUri;
        return address.Length > MaxUrlLength ? $"must be at most {MaxUrlLength} characters; it has {address.Length}" : null;
    }

    [GeneratedRegex("^HX[0-9a-fA-F]{32}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContentSid();
}
