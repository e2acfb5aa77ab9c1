using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The HTTP triggers of event endpoints and their deliveries.</summary>
public sealed class EventFunctions(ApiEndpointTable api)
{
    [Function("ListEventEndpoints")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.EventEndpoints)] HttpRequest request) =>
        api.AnswerAsync("ListEventEndpoints", request);

    [Function("GetEventEndpoint")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.EventEndpoint)] HttpRequest request, string id) =>
        api.AnswerAsync("GetEventEndpoint", request, id);

    [Function("PutEventEndpoint")]
    public Task<IResult> Put([HttpTrigger(AuthorizationLevel.Function, "put", Route = Routes.EventEndpoint)] HttpRequest request, string id) =>
        api.AnswerAsync("PutEventEndpoint", request, id);

    [Function("DeleteEventEndpoint")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Function, "delete", Route = Routes.EventEndpoint)] HttpRequest request, string id) =>
        api.AnswerAsync("DeleteEventEndpoint", request, id);

    [Function("RotateEventSecret")]
    public Task<IResult> Rotate([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.RotateEventSecret)] HttpRequest request, string id) =>
        api.AnswerAsync("RotateEventSecret", request, id);

    [Function("TestEventEndpoint")]
    public Task<IResult> Test([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.TestEventEndpoint)] HttpRequest request, string id) =>
        api.AnswerAsync("TestEventEndpoint", request, id);

    [Function("ListEventDeliveries")]
    public Task<IResult> ListDeliveries([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.EventDeliveries)] HttpRequest request, string id) =>
        api.AnswerAsync("ListEventDeliveries", request, id);

    [Function("ReplayEventDeliveries")]
    public Task<IResult> Replay([HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ReplayEventDeliveries)] HttpRequest request, string id) =>
        api.AnswerAsync("ReplayEventDeliveries", request, id);
}
