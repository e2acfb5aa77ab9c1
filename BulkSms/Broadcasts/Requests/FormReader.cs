using System.Text;
using BulkSms.Http;
using BulkSms.Profiles;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace BulkSms.Broadcasts.Requests;

/// <summary>
/// <c>multipart/form-data</c> → <see cref="BroadcastRequest"/>: the fields, then the part <c>recipients</c>, a file. In this order, for the file is read as it
/// comes, and how is told by the fields.
/// </summary>
public sealed class FormReader(UploadReader upload)
{
    public const string MediaType = "multipart/form-data";
    private const string Recipients = RecipientCollector.Recipients;
    private const int MaxParts = 32;
    private const int MaxHeaderBytes = 8 * 1024;

    /// <summary>The boundary between parts; null when the type names none that can be one.</summary>
    public static string? BoundaryOf(MediaTypeHeaderValue type) =>
        HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is { Length: > 0 and <= 70 } boundary ? boundary : null;

    /// <summary>Reads the parts to the last.</summary>
    /// <param name="body">The body.</param>
    /// <param name="boundary">Between parts.</param>
    /// <param name="profiles">The profiles that the caller may use.</param>
    /// <param name="errors">Takes the faults; the result is null exactly when there is one.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="IOException">The body ends before its last part.</exception>
    /// <exception cref="InvalidDataException">It is no form.</exception>
    public async Task<BroadcastRequest?> ReadAsync(Stream body, string boundary, ProfileChoice profiles, FieldErrors errors, CancellationToken cancellation)
    {
        var parts = new MultipartReader(boundary, body) { HeadersLengthLimit = MaxHeaderBytes };
        var (fields, collector, count) = (new TextFields(), (RecipientCollector?)null, 0);
        while (await parts.ReadNextSectionAsync(cancellation) is { } part)
        {
            var name = HeaderUtilities.RemoveQuotes(part.GetContentDispositionHeader()?.Name ?? "").ToString();
            if (++count > MaxParts)
            {
                errors.Add(Recipients, $"must be among at most {MaxParts} parts");
                return null;
            }

            if (collector is not null)
            {
                errors.Add(fields.PathOf(name), $"must be given before the part {Recipients}, which comes last");
            }
            else if (name != Recipients)
            {
                await ReadFieldAsync(part, name, fields, errors, cancellation);
            }
            else
            {
                collector = await upload.ReadAsync(part.Body, ListSource.Of(part.ContentType, FileNameOf(part)), fields, profiles, errors, cancellation);
            }
        }

        if (collector is null)
        {
            upload.ReadTerms(fields, profiles, errors);
            ListOptions.Read(fields, errors);
            errors.Add(Recipients, "is required");
        }

        return collector?.Complete();
    }

    private static string? FileNameOf(MultipartSection part) => part.GetContentDispositionHeader() is { } header
        ? HeaderUtilities.RemoveQuotes(header.FileNameStar.HasValue ? header.FileNameStar : header.FileName).ToString()
        : null;

    private static async Task ReadFieldAsync(MultipartSection part, string name, TextFields fields, FieldErrors errors, CancellationToken cancellation)
    {
        using var reader = new StreamReader(part.Body, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var text = new char[UploadLimits.RecordSize];
        var length = await reader.ReadBlockAsync(text, cancellation);
        if (length == text.Length)
        {
            errors.Add(fields.PathOf(name), $"must be shorter than {UploadLimits.RecordSize} characters");
        }
        else if (!fields.TryAdd(name, new(text, 0, length)))
        {
            errors.Add(fields.PathOf(name), "must be given once");
        }
    }
}
