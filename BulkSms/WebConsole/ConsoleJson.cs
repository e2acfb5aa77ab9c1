using System.Text.Json.Serialization;

namespace BulkSms.WebConsole;

/// <summary>What the console reads beside the API.</summary>
[JsonSerializable(typeof(ConsoleSignInView))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ConsoleJson : JsonSerializerContext;
