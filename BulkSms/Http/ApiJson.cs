using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BulkSms.Broadcasts;
using BulkSms.Estimates;
using BulkSms.Health;
using BulkSms.Holds;
using BulkSms.OptOuts;
using BulkSms.Poison;

namespace BulkSms.Http;

/// <summary>The JSON of the API: camelCase, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(AcceptedView))]
[JsonSerializable(typeof(PreviewView))]
[JsonSerializable(typeof(BroadcastPage))]
[JsonSerializable(typeof(BroadcastView))]
[JsonSerializable(typeof(RecipientPage))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(HoldView))]
[JsonSerializable(typeof(SendingView))]
[JsonSerializable(typeof(PoisonPage))]
[JsonSerializable(typeof(ReplayView))]
[JsonSerializable(typeof(OptOut))]
[JsonSerializable(typeof(OptOutPage))]
[JsonSerializable(typeof(ImportView))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>What the API writes: + and emoji as themselves. (No answer is ever part of an HTML page, which is what escaping them is for.)</summary>
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
