using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BulkSms.Api;
using BulkSms.Common;
using BulkSms.Doctor;
using BulkSms.Estimates;
using BulkSms.Events;
using BulkSms.Health;
using BulkSms.OptOuts;
using BulkSms.Poison;
using BulkSms.Replies;
using BulkSms.Retention.People;
using Microsoft.AspNetCore.Http.Json;
using ProblemDetails = Microsoft.AspNetCore.Mvc.ProblemDetails;

namespace BulkSms;

/// <summary>The JSON of the API: camelCase, times in UTC with milliseconds; generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(CostView))]
[JsonSerializable(typeof(LimitView))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(AcceptedView))]
[JsonSerializable(typeof(PreviewView))]
[JsonSerializable(typeof(BroadcastPage))]
[JsonSerializable(typeof(BroadcastView))]
[JsonSerializable(typeof(RecipientPage))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(SkippedPage))]
[JsonSerializable(typeof(TestView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(DoctorView))]
[JsonSerializable(typeof(PricesView))]
[JsonSerializable(typeof(BroadcastControlView))]
[JsonSerializable(typeof(SendingView))]
[JsonSerializable(typeof(ProfileList))]
[JsonSerializable(typeof(PoisonPage))]
[JsonSerializable(typeof(ReplayView))]
[JsonSerializable(typeof(OptOut))]
[JsonSerializable(typeof(OptOutPage))]
[JsonSerializable(typeof(ImportView))]
[JsonSerializable(typeof(ReviewPage))]
[JsonSerializable(typeof(EventEndpointView))]
[JsonSerializable(typeof(EventEndpointPage))]
[JsonSerializable(typeof(DeliveryView))]
[JsonSerializable(typeof(DeliveryPage))]
[JsonSerializable(typeof(DeliveryReplayView))]
[JsonSerializable(typeof(ReviewDecisionView))]
[JsonSerializable(typeof(ReplyPage))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(PersonJobView))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Makes this the JSON of a host's answers: + and emoji as themselves. (No answer is ever part of an HTML page, which is what escaping them is for.)</summary>
    public static void Configure(JsonOptions json)
    {
        json.SerializerOptions.TypeInfoResolverChain.Insert(0, Default);
        json.SerializerOptions.Converters.Add(new UtcTimeConverter());
        json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
