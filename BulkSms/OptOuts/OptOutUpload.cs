using BulkSms.Broadcasts.Requests;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace BulkSms.OptOuts;

/// <summary>A file of numbers out of an HTTP request: the body itself, or the part <c>phones</c> of a form.</summary>
public sealed class OptOutUpload(OptOutImport import)
{
    private const int MaxField = 256;
    private const int MaxParts = 16;
    private static readonly string[] Known = [OptOutRegion.Name, .. ListOptions.Names];
    private static readonly string[] Types =
        [CsvAnswer.MediaType, "text/plain", "text/tab-separated-values", "application/csv", "application/octet-stream", "application/x-ndjson", "application/ndjson", "application/jsonl", "application/vnd.ms-excel", "application/vnd.ms-excel.sheet.macroenabled.12",
        "application/vnd.ms-excel.sheet.binary.macroenabled.12", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"];

    /// <summary>Whether a request carries a file.</summary>
    public static bool Is(HttpRequest request) => Array.Exists(Types, type => RequestBody.Is(request, type)) || BoundaryOf(request) is not null;

    /// <summary>Reads the file.</summary>
    public async Task<ReadResult<OptOutPhones>> ReadAsync(HttpRequest request, int limit, FieldErrors errors)
    {
        var body = await RequestBody.ReadAsync<byte[]>(request, limit, bytes => bytes.ToArray());
        if (body.Value is not { } bytes)
        {
            return new ReadResult<OptOutPhones>(null, body.Refusal);
        }

        try
        {
            using var file = new MemoryStream(bytes);
            var phones = BoundaryOf(request) is { } boundary
                ? await ReadFormAsync(file, boundary, errors, request.HttpContext.RequestAborted)
                : await import.ReadFileAsync(file, ListSource.Of(request.ContentType, null), QueryOf(request, errors), errors, request.HttpContext.RequestAborted);
            return !errors.Any && phones is not null ? phones : new ReadResult<OptOutPhones>(null, Problems.Invalid(errors));
        }
        catch (IOException)
        {
            return new ReadResult<OptOutPhones>(null, Problems.Incomplete());
        }
        catch (InvalidDataException)
        {
            return new ReadResult<OptOutPhones>(null, Problems.MalformedForm());
        }
    }

    private static string? BoundaryOf(HttpRequest request) =>
        RequestBody.Is(request, Broadcasts.Requests.FormReader.MediaType) ? Broadcasts.Requests.FormReader.BoundaryOf(MediaTypeHeaderValue.Parse(request.ContentType)) : null;

    private static TextFields QueryOf(HttpRequest request, FieldErrors errors)
    {
        var fields = new TextFields();
        foreach (var name in QueryNames.Of(request.Query).Where(name => !Known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            errors.Add(Lists.Printable.Of(name), $"is not known here; {string.Join(", ", Known)} are");
        }

        foreach (var name in Known.Where(request.Query.ContainsKey))
        {
            fields.TryAdd(name, request.Query[name].ToString());
        }

        return fields;
    }

    private async Task<OptOutPhones?> ReadFormAsync(Stream body, string boundary, FieldErrors errors, CancellationToken cancellation)
    {
        var (parts, fields, phones, isRead) = (new MultipartReader(boundary, body), new TextFields(), (OptOutPhones?)null, false);
        for (var count = 1; await parts.ReadNextSectionAsync(cancellation) is { } part; count++)
        {
            if (count > MaxParts)
            {
                errors.Add(OptOutImport.Phones, $"must be among at most {MaxParts} parts");
                return null;
            }

            var header = part.GetContentDispositionHeader();
            var name = HeaderUtilities.RemoveQuotes(header?.Name ?? "").ToString();
            if (isRead)
            {
                errors.Add(fields.PathOf(name), $"must be given before the part {OptOutImport.Phones}, which comes once and last");
                continue;
            }

            if (name == OptOutImport.Phones)
            {
                isRead = true;
                phones = await import.ReadFileAsync(part.Body, ListSource.Of(part.ContentType, HeaderUtilities.RemoveQuotes(header?.FileName ?? "").ToString()), fields, errors, cancellation);
                continue;
            }

            using var reader = new StreamReader(part.Body);
            var text = await reader.ReadToEndAsync(cancellation);
            if (!Known.Contains(name, StringComparer.Ordinal) || text.Length > MaxField || !fields.TryAdd(name, text))
            {
                errors.Add(fields.PathOf(name), "is not a known field, or is given twice");
            }
        }

        if (!isRead)
        {
            errors.Add(OptOutImport.Phones, "is required: the file, as the last part of the form");
        }

        return phones;
    }
}
