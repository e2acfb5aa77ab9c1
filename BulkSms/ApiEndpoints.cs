using BulkSms.Api;
using BulkSms.Doctor;
using BulkSms.Estimates;
using BulkSms.Events;
using BulkSms.Health;
using BulkSms.Http;
using BulkSms.OptOuts;
using BulkSms.Poison;
using BulkSms.Profiles;
using BulkSms.Replies;
using BulkSms.Retention;
using BulkSms.Retention.People;
using BulkSms.Security;
using BulkSms.StatusCallbacks;
using BulkSms.WebConsole;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms;

/// <summary>
/// Every endpoint with its route, the role it needs, its limit and what answers: one table that both hosts map. A new endpoint is a line here, and a trigger with the same name in
/// the Functions app; tests compare the two.
/// </summary>
public static class ApiEndpoints
{
    private const string? Open = null; // Twilio's signature lets its webhooks in; a probe of the process and the console's files need nothing
    private const string Send = CallerRoles.Send;
    private const string Read = CallerRoles.Read;
    private const string Manage = CallerRoles.Manage;
    private const string Approve = CallerRoles.Approve;
    private const string Limit = "limit";
    private const string Cursor = "cursor";

    public static IReadOnlyList<ApiEndpoint> All { get; } =
    [
        Post<BroadcastEndpoints>("CreateBroadcast", Routes.Broadcasts, Send, (to, request, _) => to.CreateAsync(request)) with { Query = null },
        Post<PreviewEndpoint>("PreviewBroadcast", Routes.PreviewBroadcast, Send, (to, request, _) => to.PreviewAsync(request)) with { Query = null },
        Post<TestEndpoint>("TestBroadcast", Routes.TestBroadcast, Send, (to, request, _) => to.TestAsync(request)) with { Query = null },
        Get<ListBroadcasts>("ListBroadcasts", Routes.Broadcasts, Read, (to, request, _) => to.ListAsync(request), "status", "text", "createdFrom", "createdBefore", Limit, Cursor),
        Get<GetBroadcast>("GetBroadcast", Routes.Broadcast, Read, (to, request, id) => to.GetAsync(request, id)),
        New<EraseEndpoint>("DeleteBroadcast", HttpMethods.Delete, Routes.Broadcast, Manage, (to, request, id) => to.DeleteAsync(request, id)),
        Get<BroadcastEndpoints>("ListBroadcastRecipients", Routes.BroadcastRecipients, Read, (to, request, id) => to.ListRecipientsAsync(request, id), "status", Limit, Cursor),
        Post<LookUpRecipients>("LookUpBroadcastRecipient", Routes.LookUpRecipients, Read, (to, request, id) => to.AnswerAsync(request, id)),
        Get<BroadcastEndpoints>("DownloadBroadcastResults", Routes.BroadcastResults, Read, (to, request, id) => to.DownloadResultsAsync(request, id), "status"),
        Get<SkippedEndpoints>("ListSkippedEntries", Routes.SkippedEntries, Read, (to, request, id) => to.ListAsync(request, id), Limit, Cursor),
        Get<SkippedEndpoints>("DownloadSkippedEntries", Routes.SkippedFile, Read, (to, request, id) => to.DownloadAsync(request, id)),
        Post<ControlEndpoints>("PauseBroadcast", Routes.PauseBroadcast, Manage, (to, request, id) => to.PauseAsync(request, id)) with { HasLimitOfItsOwn = true },
        Post<ControlEndpoints>("ResumeBroadcast", Routes.ResumeBroadcast, Manage, (to, request, id) => to.ResumeAsync(request, id)),
        Post<ControlEndpoints>("CancelBroadcast", Routes.CancelBroadcast, Manage, (to, request, id) => to.CancelAsync(request, id)) with { HasLimitOfItsOwn = true },
        Post<ApprovalEndpoints>("ApproveBroadcast", Routes.ApproveBroadcast, Approve, (to, request, id) => to.ApproveAsync(request, id)),
        Post<ApprovalEndpoints>("RejectBroadcast", Routes.RejectBroadcast, Approve, (to, request, id) => to.RejectAsync(request, id)),
        Get<SendingEndpoints>("GetSending", Routes.Sending, Read, (to, request, _) => to.GetAsync(request)),
        Post<SendingEndpoints>("SuspendSending", Routes.SuspendSending, Manage, (to, request, _) => to.SuspendAsync(request), "profile") with { HasLimitOfItsOwn = true },
        Post<SendingEndpoints>("ResumeSending", Routes.ResumeSending, Manage, (to, request, _) => to.ResumeAsync(request), "reconcileSince", "profile"),
        Get<ProfileEndpoints>("ListProfiles", Routes.Profiles, Send, (to, request, _) => to.ListAsync(request)),
        Get<DoctorEndpoint>("GetDoctor", Routes.Doctor, Manage, (to, request, _) => to.GetAsync(request), DoctorEndpoint.Countries, ProfileQuery.Name),
        Get<PriceEndpoints>("GetPrices", Routes.Prices, Read, (to, request, _) => to.GetAsync(request)),
        Post<PriceEndpoints>("ImportPrices", Routes.ImportPrices, Manage, (to, request, _) => to.ImportAsync(request)),
        Get<PoisonEndpoints>("ListPoison", Routes.Poison, Read, (to, request, _) => to.ListAsync(request), "broadcastId", "code", Limit, Cursor),
        Post<PoisonEndpoints>("ReplayPoison", Routes.ReplayPoison, Manage, (to, request, _) => to.ReplayAsync(request)),
        Get<OptOutEndpoints>("ListOptOuts", Routes.OptOuts, Read, (to, request, _) => to.ListAsync(request), Limit, Cursor),
        Post<OptOutEndpoints>("AddOptOuts", Routes.OptOuts, Manage, (to, request, _) => to.AddAsync(request)) with { HasLimitOfItsOwn = true, Query = null },
        Get<OptOutEndpoints>("ExportOptOuts", Routes.ExportOptOuts, Read, (to, request, _) => to.ExportAsync(request)),
        Post<OptOutEndpoints>("LookUpOptOut", Routes.LookUpOptOut, Read, (to, request, _) => to.LookUpAsync(request)),
        Post<OptOutEndpoints>("RemoveOptOut", Routes.RemoveOptOut, Manage, (to, request, _) => to.RemoveAsync(request)),
        Get<ReviewEndpoints>("ListOptOutReview", Routes.ReviewOptOuts, Read, (to, request, _) => to.ListAsync(request), Limit, Cursor),
        Post<ReviewEndpoints>("DecideOptOutReview", Routes.ReviewOptOuts, Manage, (to, request, _) => to.DecideAsync(request)),
        Get<ReplyEndpoint>("ListReplies", Routes.Replies, Read, (to, request, _) => to.ListAsync(request), Limit, Cursor),
        Get<AuditEndpoint>("ListAudit", Routes.Audit, Manage, (to, request, _) => to.ListAsync(request), "broadcastId", "actor", Limit, Cursor),
        Get<EventEndpoints>("ListEventEndpoints", Routes.EventEndpoints, Manage, (to, request, _) => to.ListAsync(request)),
        Get<EventEndpoints>("GetEventEndpoint", Routes.EventEndpoint, Manage, (to, request, name) => to.GetAsync(request, name)),
        New<EventEndpoints>("PutEventEndpoint", HttpMethods.Put, Routes.EventEndpoint, Manage, (to, request, name) => to.PutAsync(request, name)),
        New<EventEndpoints>("DeleteEventEndpoint", HttpMethods.Delete, Routes.EventEndpoint, Manage, (to, request, name) => to.DeleteAsync(request, name)),
        Post<EventEndpoints>("RotateEventSecret", Routes.RotateEventSecret, Manage, (to, request, name) => to.RotateAsync(request, name)),
        Post<DeliveryEndpoints>("TestEventEndpoint", Routes.TestEventEndpoint, Manage, (to, request, name) => to.TestAsync(request, name)),
        Get<DeliveryEndpoints>("ListEventDeliveries", Routes.EventDeliveries, Manage, (to, request, name) => to.ListAsync(request, name), "status", Limit, Cursor),
        Post<DeliveryEndpoints>("ReplayEventDeliveries", Routes.ReplayEventDeliveries, Manage, (to, request, name) => to.ReplayAsync(request, name)),
        Post<PeopleEndpoints>("ExportPerson", Routes.ExportPerson, Manage, (to, request, _) => to.ExportAsync(request)),
        Post<PeopleEndpoints>("ErasePerson", Routes.ErasePerson, Manage, (to, request, _) => to.EraseAsync(request)),
        Get<PeopleEndpoints>("GetPersonJob", Routes.PersonJob, Manage, (to, request, id) => to.GetAsync(request, id)),
        Get<PeopleEndpoints>("DownloadPersonResult", Routes.PersonResult, Manage, (to, request, id) => to.DownloadAsync(request, id)),
        Get<HealthEndpoints>("HealthReady", Routes.Ready, Read, (to, request, _) => to.ReadyAsync(request)) with { HasLimitOfItsOwn = true },
        new("HealthLive", HttpMethods.Get, Routes.Live, Open, (_, _, _) => Task.FromResult(HealthEndpoints.Live())),
        Get<ConsoleEndpoint>("Console", Routes.Console, Open, (to, request, _) => to.GetAsync(request)) with { Query = null },
        new("GetOpenApi", HttpMethods.Get, Routes.OpenApi, Open, (_, _, _) => Task.FromResult(OpenApiDocument.Answer())),
        Post<StatusCallbackEndpoint>("StatusWebhook", Routes.StatusWebhook, Open, (to, request, _) => to.ReceiveAsync(request)) with { Query = null },
        Post<OptOutWebhook>("OptOutWebhook", Routes.OptOutWebhook, Open, (to, request, _) => to.ReceiveAsync(request)) with { Query = null },
    ];

    private static ApiEndpoint Get<T>(string name, string route, string? role, Func<T, HttpRequest, string, Task<IResult>> answer, params string[] query)
        where T : notnull => New(name, HttpMethods.Get, route, role, answer, query);

    private static ApiEndpoint Post<T>(string name, string route, string? role, Func<T, HttpRequest, string, Task<IResult>> answer, params string[] query)
        where T : notnull => New(name, HttpMethods.Post, route, role, answer, query);

    private static ApiEndpoint New<T>(string name, string method, string route, string? role, Func<T, HttpRequest, string, Task<IResult>> answer, params string[] query)
        where T : notnull => new(name, method, route, role, (services, request, id) => answer(services.GetRequiredService<T>(), request, id)) { Service = typeof(T), Query = query };
}
