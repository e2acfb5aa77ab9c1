using BulkSms.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BulkSms.Broadcasts.Requests;

/// <summary>A file of recipients with its request's other fields → <see cref="BroadcastRequest"/>, or every fault by its field or line.</summary>
public sealed class UploadReader(IOptions<BroadcastOptions> options, TimeProvider time)
{
    public const string Csv = CsvAnswer.MediaType;
    public const string Ndjson = "application/x-ndjson";
    private static readonly string[] Nothing = [];
    private readonly TermsReader terms = new(options.Value, time);

    /// <summary>Whether files of a type are read: UTF-8, and UTF-16 that says so by its byte order mark.</summary>
    public static bool Takes(MediaTypeHeaderValue? type) =>
        type is not null && (IsCsv(type) || type.MediaType.Equals(Ndjson, StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).ToString().ToUpperInvariant() is "UTF-8" or "UTF-16" or "US-ASCII");

    /// <summary>Reads a file that <see cref="Takes"/> says is read.</summary>
    /// <param name="file">The file; read to its end unless a fault makes that useless.</param>
    /// <param name="type">Its type.</param>
    /// <param name="fields">The other fields.</param>
    /// <param name="errors">Takes the faults.</param>
    /// <param name="cancellation">Stops reading.</param>
    internal async Task<RecipientCollector> ReadAsync(
        Stream file, MediaTypeHeaderValue type, IRequestFields fields, FieldErrors errors, CancellationToken cancellation)
    {
        var collector = new RecipientCollector(ReadTerms(fields, errors), errors);
        var most = options.Value.MaxUploadRecipients;
        var bounded = new LineBoundStream(file, (long)UploadLimits.LineEndsEach * (most + 1));
        try
        {
            await (IsCsv(type) ? CsvRecipients.ReadAsync(bounded, collector, most, cancellation) : NdjsonRecipients.ReadAsync(bounded, collector, most, cancellation));
        }
        catch (TooManyLinesException)
        {
            collector.Fail(RecipientCollector.Recipients, "has more lines than its recipients can need: remove the blank ones");
        }

        return collector;
    }

    /// <summary>Reads the other fields alone.</summary>
    internal BroadcastTerms ReadTerms(IRequestFields fields, FieldErrors errors) => terms.Read(fields, Nothing, errors);

    private static bool IsCsv(MediaTypeHeaderValue type) => type.MediaType.Equals(Csv, StringComparison.OrdinalIgnoreCase);
}
