using System.Text.Json.Serialization;

namespace BulkSms.Cli.Account;

/// <summary>What is stored.</summary>
[JsonSerializable(typeof(Login))]
[JsonSerializable(typeof(Secrets))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class CliJson : JsonSerializerContext;
