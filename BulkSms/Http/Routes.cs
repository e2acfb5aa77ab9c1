using BulkSms.Broadcasts;
using BulkSms.OptOuts;
using BulkSms.Poison;

namespace BulkSms.Http;

/// <summary>Every route, under the prefix that Azure Functions puts before them. Both hosts map these.</summary>
public static class Routes
{
    /// <summary>host.json → extensions.http.routePrefix.</summary>
    public const string Prefix = "api";

    public const string Broadcasts = "v1/broadcasts";

    public const string PreviewBroadcast = "v1/broadcasts/preview";
    public const string TestBroadcast = "v1/broadcasts/test";
    public const string Broadcast = "v1/broadcasts/{id}";
    public const string BroadcastRecipients = "v1/broadcasts/{id}/recipients";
    public const string LookUpRecipients = "v1/broadcasts/{id}/recipients/lookup";
    public const string BroadcastResults = "v1/broadcasts/{id}/results.csv";
    public const string SkippedEntries = "v1/broadcasts/{id}/skipped";
    public const string SkippedFile = "v1/broadcasts/{id}/skipped.csv";
    public const string PauseBroadcast = "v1/broadcasts/{id}/pause";
    public const string ResumeBroadcast = "v1/broadcasts/{id}/resume";
    public const string CancelBroadcast = "v1/broadcasts/{id}/cancel";
    public const string ApproveBroadcast = "v1/broadcasts/{id}/approve";
    public const string RejectBroadcast = "v1/broadcasts/{id}/reject";
    public const string Sending = "v1/sending";
    public const string SuspendSending = "v1/sending/suspend";
    public const string ResumeSending = "v1/sending/resume";
    public const string Profiles = "v1/profiles";
    public const string Doctor = "v1/doctor";
    public const string Prices = "v1/prices";
    public const string ImportPrices = "v1/prices/import";
    public const string Poison = "v1/poison";
    public const string ReplayPoison = "v1/poison/replay";
    public const string OptOuts = "v1/optouts";
    public const string ExportOptOuts = "v1/optouts/export";
    public const string LookUpOptOut = "v1/optouts/lookup";
    public const string RemoveOptOut = "v1/optouts/remove";
    public const string ReviewOptOuts = "v1/optouts/review";
    public const string Replies = "v1/replies";
    public const string Audit = "v1/audit";
    public const string EventEndpoints = "v1/event-endpoints";
    public const string EventEndpoint = "v1/event-endpoints/{id}";
    public const string RotateEventSecret = "v1/event-endpoints/{id}/rotate";
    public const string TestEventEndpoint = "v1/event-endpoints/{id}/test";
    public const string EventDeliveries = "v1/event-endpoints/{id}/deliveries";
    public const string ReplayEventDeliveries = "v1/event-endpoints/{id}/deliveries/replay";
    public const string ExportPerson = "v1/people/export";
    public const string ErasePerson = "v1/people/erase";
    public const string PersonJob = "v1/people/jobs/{id}";
    public const string PersonResult = "v1/people/jobs/{id}/result";
    public const string StatusWebhook = "webhooks/status";
    public const string OptOutWebhook = "webhooks/optout";
    public const string ClickWebhook = "webhooks/clicks";
    public const string OpenApi = "openapi.json";
    /// <summary>Whatever is no other route.</summary>
    public const string Other = "{*path}";

    public const string Live = "health";
    public const string Ready = "health/ready";
    public const string Console = "console/{*path}";

    /// <summary>The calls of the console, by a token alone. It comes before the console's files.</summary>
    public const string ConsoleCalls = "console/api/{*path}";
}
