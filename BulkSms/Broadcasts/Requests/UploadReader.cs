using BulkSms.Http;
using BulkSms.Profiles;
using Microsoft.Extensions.Options;

namespace BulkSms.Broadcasts.Requests;

/// <summary>A file of recipients with its request's other fields → <see cref="BroadcastRequest"/>, or every fault by its field, line or cell.</summary>
public sealed class UploadReader(IOptions<BroadcastOptions> options, TimeProvider time)
{
    private readonly TermsReader terms = new(options.Value, time);

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file; read to its end unless a fault makes that useless.</param>
    /// <param name="source">What its sender says of it.</param>
    /// <param name="fields">The other fields.</param>
    /// <param name="profiles">The profiles that the caller may use.</param>
    /// <param name="errors">Takes the faults.</param>
    /// <param name="cancellation">Stops reading.</param>
    internal async Task<RecipientCollector> ReadAsync(
        Stream file, ListSource source, IRequestFields fields, ProfileChoice profiles, FieldErrors errors, CancellationToken cancellation)
    {
        var collector = new RecipientCollector(ReadTerms(fields, profiles, errors), errors);
        await ListFiles.ReadAsync(file, source, ListOptions.Read(fields, errors), collector, options.Value.MaxUploadRecipients, cancellation);
        return collector;
    }

    /// <summary>Reads the other fields alone.</summary>
    internal BroadcastTerms ReadTerms(IRequestFields fields, ProfileChoice profiles, FieldErrors errors) => terms.Read(fields, ListOptions.Names, profiles, errors);
}
