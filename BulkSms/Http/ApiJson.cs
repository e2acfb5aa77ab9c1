using System.Text.Json.Serialization;
using BulkSms.Broadcasts;
using BulkSms.Health;
using BulkSms.Holds;

namespace BulkSms.Http;

/// <summary>The JSON of the API: camelCase, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(AcceptedView))]
[JsonSerializable(typeof(BroadcastPage))]
[JsonSerializable(typeof(BroadcastView))]
[JsonSerializable(typeof(RecipientPage))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(HoldView))]
[JsonSerializable(typeof(SendingView))]
public sealed partial class ApiJson : JsonSerializerContext;
