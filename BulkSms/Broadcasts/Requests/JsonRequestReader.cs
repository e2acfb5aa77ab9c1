using System.Text.Json;
using BulkSms.Http;
using BulkSms.Profiles;
using Microsoft.Extensions.Options;

namespace BulkSms.Broadcasts.Requests;

/// <summary>JSON → <see cref="BroadcastRequest"/>, or every fault at once by its JSON path. Nothing is coerced.</summary>
public sealed class JsonRequestReader(IOptions<BroadcastOptions> options, TimeProvider time)
{
    private const string Recipients = "$." + RecipientCollector.Recipients;
    private static readonly JsonPaths Objects = new(Recipients, hasMembers: true);
    private static readonly JsonPaths Numbers = new(Recipients, hasMembers: false);
    private static readonly string[] Other = [RecipientCollector.Recipients];
    private readonly BroadcastOptions limits = options.Value;
    private readonly TermsReader terms = new(options.Value, time);

    /// <summary>Reads a body.</summary>
    /// <param name="root">The body.</param>
    /// <param name="errors">Takes the faults; the result is null exactly when there is one.</param>
    /// <param name="profiles">The profiles that the caller may use; null: only <c>default</c>.</param>
    public BroadcastRequest? Read(JsonElement root, FieldErrors errors, ProfileChoice? profiles = null)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add("$", $"must be an object, such as {{\"{TermsReader.Message}\": \"…\", \"{RecipientCollector.Recipients}\": [\"+15551234567\"]}}");
            return null;
        }

        var read = terms.Read(new JsonFields(root), Other, profiles ?? ProfileChoice.OnlyDefault, errors);
        var collector = new RecipientCollector(read, errors);
        ReadRecipients(root, collector);
        return collector.Complete(Objects);
    }

    private void ReadRecipients(JsonElement root, RecipientCollector collector)
    {
        if (!root.TryGetProperty(RecipientCollector.Recipients, out var value))
        {
            collector.Fail(Recipients, "is required");
        }
        else if (value.ValueKind != JsonValueKind.Array)
        {
            collector.Fail(Recipients, "must be an array of phone numbers");
        }
        else if (value.GetArrayLength() is var count && (count == 0 || count > limits.MaxRecipients))
        {
            collector.Fail(Recipients, $"must have 1 to {limits.MaxRecipients} entries; it has {count}{(count == 0 ? "" : $". Send a longer list as a file, in a form (multipart/form-data) with the part {RecipientCollector.Recipients}: up to {limits.MaxUploadRecipients} entries")}");
        }
        else
        {
            AddEach(value, collector);
        }
    }

    private static void AddEach(JsonElement array, RecipientCollector collector)
    {
        var index = 0;
        foreach (var element in array.EnumerateArray())
        {
            if (JsonRecipient.Read(element, index, collector.Texts, out var entry) is { } fault)
            {
                collector.Refuse(entry, $"{Objects.OfEntry(index)}{(fault.Member.Length == 0 ? "" : ".")}{fault.Member}", fault.Text);
            }
            else
            {
                collector.Add(entry, element.ValueKind == JsonValueKind.Object ? Objects : Numbers);
            }

            index++;
        }
    }
}
