using System.Text.Json;
using BulkSms.Http;
using BulkSms.Recipients;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>A list of numbers as JSON or CSV → <see cref="RecipientList"/>, or every fault by its path or line.</summary>
public sealed class OptOutImport(IOptions<OptOutOptions> options)
{
    private const string Phones = "phones";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary><c>{"phones": ["+15551234567"]}</c>.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public RecipientList ReadJson(ReadOnlyMemory<byte> body, FieldErrors errors)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            var list = new RecipientList();
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || root.EnumerateObject().Any(property => property.Name != Phones)
                || !root.TryGetProperty(Phones, out var phones) || phones.ValueKind != JsonValueKind.Array)
            {
                errors.Add("$", $"must be an object with nothing but {Phones}, such as {{\"{Phones}\": [\"+15551234567\"]}}");
            }
            else if (phones.GetArrayLength() is var count && (count == 0 || count > options.Value.MaxImport))
            {
                errors.Add($"$.{Phones}", $"must have 1 to {options.Value.MaxImport} entries; it has {count}");
            }
            else
            {
                AddEach(phones, list, errors);
            }

            return list;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A text is not valid Unicode.", e); // half a surrogate pair, or bytes that are not UTF-8
        }
    }

    /// <inheritdoc cref="OptOutCsv.Read"/>
    public RecipientList ReadCsv(ReadOnlyMemory<byte> body, FieldErrors errors) => OptOutCsv.Read(body, options.Value.MaxImport, errors);

    private static void AddEach(JsonElement phones, RecipientList list, FieldErrors errors)
    {
        var index = 0;
        foreach (var entry in phones.EnumerateArray())
        {
            if ((entry.ValueKind == JsonValueKind.String ? list.Add(entry.GetString()!) : "must be a string") is { } fault)
            {
                errors.Add($"$.{Phones}[{index}]", fault);
            }

            index++;
        }
    }
}
