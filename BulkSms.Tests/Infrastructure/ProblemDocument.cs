using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BulkSms.Common;
using BulkSms.Estimates;

namespace BulkSms.Tests.Infrastructure;

/// <summary>A problem document as a client reads it.</summary>
public sealed record ProblemDocument(
    string Type, string Title, int Status, string? Detail, IReadOnlyDictionary<string, string[]>? Errors, int? ErrorCount, string? BroadcastId, CostView? Estimate, string? RequestId = null, LimitView? Budget = null)
{
    public static JsonTypeInfo<ProblemDocument> Json { get; } = (JsonTypeInfo<ProblemDocument>)JsonSerializerOptions.Web.GetTypeInfo(typeof(ProblemDocument));
}
