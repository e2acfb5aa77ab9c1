using System.Text.Json;
using System.Text.RegularExpressions;
using BulkSms.Functions.Triggers;
using BulkSms.Http;
using BulkSms.LocalHost;
using BulkSms.LocalHost.Pump;
using Microsoft.AspNetCore.Routing;

namespace BulkSms.Functions.Tests;

/// <summary>The triggers as the Functions host is told of them.</summary>
public sealed partial class FunctionMetadataTests
{
    /// <summary>Spelled out: callers, Twilio's console and the infrastructure depend on each word.</summary>
    private static readonly string[] Expected =
    [
        "AddOptOuts: POST v1/optouts (Function)",
        "ApproveBroadcast: POST v1/broadcasts/{id}/approve (Function)",
        "CallFromConsole: * console/api/{*path} (Anonymous)",
        "CancelBroadcast: POST v1/broadcasts/{id}/cancel (Function)",
        "ClickWebhook: POST webhooks/clicks (Anonymous)",
        "Console: GET,HEAD console/{*path} (Anonymous)",
        "CreateBroadcast: POST v1/broadcasts (Function)",
        "DecideOptOutReview: POST v1/optouts/review (Function)",
        "DeleteBroadcast: DELETE v1/broadcasts/{id} (Function)",
        "DeleteEventEndpoint: DELETE v1/event-endpoints/{id} (Function)",
        "DeliverEvent: queue events-outbound",
        "DownloadBroadcastResults: GET,HEAD v1/broadcasts/{id}/results.csv (Function)",
        "DownloadPersonResult: GET,HEAD v1/people/jobs/{id}/result (Function)",
        "DownloadSkippedEntries: GET,HEAD v1/broadcasts/{id}/skipped.csv (Function)",
        "ErasePerson: POST v1/people/erase (Function)",
        "ExportOptOuts: GET,HEAD v1/optouts/export (Function)",
        "ExportPerson: POST v1/people/export (Function)",
        "FanOutJobHandler: queue broadcast-expand",
        "FilePoisonedEvent: queue events-outbound-poison",
        "FilePoisonedExpand: queue broadcast-expand-poison",
        "FilePoisonedHighSms: queue sms-outbound-high-poison",
        "FilePoisonedSms: queue sms-outbound-poison",
        "GetBroadcast: GET,HEAD v1/broadcasts/{id} (Function)",
        "GetDoctor: GET,HEAD v1/doctor (Function)",
        "GetEventEndpoint: GET,HEAD v1/event-endpoints/{id} (Function)",
        "GetOpenApi: GET,HEAD openapi.json (Anonymous)",
        "GetPersonJob: GET,HEAD v1/people/jobs/{id} (Function)",
        "GetPrices: GET,HEAD v1/prices (Function)",
        "GetSending: GET,HEAD v1/sending (Function)",
        "HealthLive: GET,HEAD health (Anonymous)",
        "HealthReady: GET,HEAD health/ready (Function)",
        "ImportPrices: POST v1/prices/import (Function)",
        "ListAudit: GET,HEAD v1/audit (Function)",
        "ListBroadcastRecipients: GET,HEAD v1/broadcasts/{id}/recipients (Function)",
        "ListBroadcasts: GET,HEAD v1/broadcasts (Function)",
        "ListEventDeliveries: GET,HEAD v1/event-endpoints/{id}/deliveries (Function)",
        "ListEventEndpoints: GET,HEAD v1/event-endpoints (Function)",
        "ListOptOutReview: GET,HEAD v1/optouts/review (Function)",
        "ListOptOuts: GET,HEAD v1/optouts (Function)",
        "ListPoison: GET,HEAD v1/poison (Function)",
        "ListProfiles: GET,HEAD v1/profiles (Function)",
        "ListReplies: GET,HEAD v1/replies (Function)",
        "ListSkippedEntries: GET,HEAD v1/broadcasts/{id}/skipped (Function)",
        "LookUpBroadcastRecipient: POST v1/broadcasts/{id}/recipients/lookup (Function)",
        "LookUpOptOut: POST v1/optouts/lookup (Function)",
        "OptOutWebhook: POST webhooks/optout (Anonymous)",
        "PauseBroadcast: POST v1/broadcasts/{id}/pause (Function)",
        "PreviewBroadcast: POST v1/broadcasts/preview (Function)",
        "PutEventEndpoint: PUT v1/event-endpoints/{id} (Function)",
        "RejectBroadcast: POST v1/broadcasts/{id}/reject (Function)",
        "RemoveOptOut: POST v1/optouts/remove (Function)",
        "ReplayEventDeliveries: POST v1/event-endpoints/{id}/deliveries/replay (Function)",
        "ReplayPoison: POST v1/poison/replay (Function)",
        "ResumeBroadcast: POST v1/broadcasts/{id}/resume (Function)",
        "ResumeSending: POST v1/sending/resume (Function)",
        "RotateEventSecret: POST v1/event-endpoints/{id}/rotate (Function)",
        "SendSms: queue sms-outbound",
        "SendSmsHigh: queue sms-outbound-high",
        "StatusWebhook: POST webhooks/status (Anonymous)",
        "SuspendSending: POST v1/sending/suspend (Function)",
        "Sweep: timer 0 * * * * *",
        "TestBroadcast: POST v1/broadcasts/test (Function)",
        "TestEventEndpoint: POST v1/event-endpoints/{id}/test (Function)",
        "ZUnknownRoute: * {*path} (Anonymous)",
    ];

    private const string AnyMethod = "*";

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        [LocalHostApp.KeySetting] = "made-up",
    };

    [Fact]
    public async Task Metadata_AllTriggers_AreThese() =>
        Assert.Equal(Expected.Order(StringComparer.Ordinal), (await TriggersAsync()).Select(trigger => trigger.ToString()).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Metadata_Routes_AreAllThatBulkSmsHas()
    {
        var constants = typeof(Routes).GetFields().Where(field => field.IsLiteral && field.Name != nameof(Routes.Prefix));

        Assert.Equal(
            constants.Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
            (await TriggersAsync()).Select(trigger => trigger.Route).OfType<string>().Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Metadata_HttpTriggers_AreTheTableOfEndpoints()
    {
        var endpoints = ApiEndpoints.All.Select(each => $"{each.Name}: {string.Join(',', each.Methods)} {each.Route} ({(each.Role is null ? "Anonymous" : "Function")})");
        var triggers = (await TriggersAsync()).Where(trigger => trigger.Route is not null and not (Routes.Other or Routes.ConsoleCalls)).Select(trigger => trigger.ToString());

        Assert.Equal(endpoints.Order(StringComparer.Ordinal), triggers.Order(StringComparer.Ordinal));
    }

    // The Functions host sorts functions by name and takes the first whose route fits: https://github.com/Azure/azure-functions-host/issues/9876
    [Fact]
    public async Task Metadata_WhatIsNoOtherRoute_IsTriedLast() =>
        Assert.Equal(ContractFunctions.Unknown, (await TriggersAsync()).OrderBy(trigger => trigger.Name, StringComparer.OrdinalIgnoreCase).Last().Name);

    [Fact]
    public async Task Metadata_CallsOfTheConsole_AreTriedBeforeItsFiles() => Assert.Equal(
        [ConsoleFunctions.Calls, "Console"],
        (await TriggersAsync()).Where(trigger => trigger.Route is Routes.Console or Routes.ConsoleCalls).Select(trigger => trigger.Name).Order(StringComparer.OrdinalIgnoreCase));

    // A trigger hands a request to an endpoint by its name, which is the trigger's own.
    [Fact]
    public void Sources_EachTrigger_AsksForItsOwnName()
    {
        var text = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "BulkSms.Functions", "Triggers"), "*.cs").Select(File.ReadAllText));
        var pairs = AsksFor().Matches(text);

        Assert.Equal(ApiEndpoints.All.Count, pairs.Count);
        Assert.All(pairs, pair => Assert.Equal(pair.Groups["trigger"].Value, pair.Groups["asked"].Value));
    }

    [Fact]
    public async Task Metadata_RoutesAndMethods_AreThoseOfLocalHost()
    {
        await using var local = LocalHostApp.Build(0, Settings, new HostQueueSettings());
        var routes = ((IEndpointRouteBuilder)local.Web).DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith(Routes.Prefix, StringComparison.Ordinal)).Select(Describe) // not the page at /
            .Append($"{AnyMethod} {Routes.Other}"); // LocalHost answers what is no route outside of the prefix, too
        var triggers = (await TriggersAsync()).Where(trigger => trigger.Route is not null).Select(trigger => $"{trigger.Methods} {trigger.Route}");

        Assert.Equal(routes.Order(StringComparer.Ordinal), triggers.Order(StringComparer.Ordinal));
    }

    private static string Describe(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { } named ? string.Join(',', named.HttpMethods) : AnyMethod;
        return $"{methods} {endpoint.RoutePattern.RawText!.TrimStart('/')[(Routes.Prefix.Length + 1)..]}";
    }

    private static async Task<Trigger[]> TriggersAsync()
    {
        var functions = await new GeneratedFunctionMetadataProvider().GetFunctionMetadataAsync(AppContext.BaseDirectory);
        return [.. functions.Select(function => Trigger.Read(function.Name!, function.RawBindings!))];
    }

    [GeneratedRegex("""\[Function\("(?<trigger>\w+)"\)\]\s+public [^;]*?AnswerAsync\("(?<asked>\w+)", request(, id)?\);""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AsksFor();

    private sealed record Trigger(string Name, string What, string? Methods = null, string? Route = null)
    {
        public static Trigger Read(string name, IEnumerable<string> bindings)
        {
            var trigger = bindings
                .Select(binding => JsonElement.Parse(binding))
                .Single(binding => Text(binding, "type").EndsWith("Trigger", StringComparison.Ordinal));
            return Text(trigger, "type") switch
            {
                "queueTrigger" => new(name, $"queue {Text(trigger, "queueName")}"),
                "timerTrigger" => new(name, $"timer {Text(trigger, "schedule")}"),
                "httpTrigger" => Http(name, trigger),
                var other => throw new InvalidOperationException($"{name} has an unknown trigger: {other}"),
            };
        }

        public override string ToString() => $"{Name}: {What}";

        private static Trigger Http(string name, JsonElement trigger)
        {
            var methods = trigger.TryGetProperty("methods", out var named) ? string.Join(',', named.EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())) : AnyMethod;
            var route = Text(trigger, "route");
            return new(name, $"{methods} {route} ({Text(trigger, "authLevel")})", methods, route);
        }

        private static string Text(JsonElement binding, string property) => binding.GetProperty(property).GetString()!;
    }
}
