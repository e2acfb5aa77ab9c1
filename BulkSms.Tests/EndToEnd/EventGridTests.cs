using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Azure.Core.Pipeline;
using Azure.Messaging.EventGrid;
using BulkSms.Events;
using BulkSms.Outbox;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Events go to an Event Grid topic, as far as that can be tried without Azure: with the real client, to a topic that a test plays.</summary>
public sealed class EventGridTests(MemoryFixture memory)
{
    private static readonly Uri Topic = new("https://topic.invalid/api/events");

    [Fact]
    public async Task Topic_Configured_GetsEventsAsArraysWithoutAnEndpoint()
    {
        using var topic = new PlayedTopic();
        await using var app = await StartAsync(topic, EventTypes.OptOutChanged);

        using var added = await app.OptOutAsync("+15551230001");
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null); // which it does not want
        await Eventually.TrueAsync(() => !topic.Bodies.IsEmpty);
        using var shown = await app.Http.GetAsync("/api/v1/event-endpoints/event-grid");
        using var put = await EventSettings.PutAsync(app.Http, "event-grid", "https://8.8.8.8/", EventTypes.OptOutChanged);

        var told = Assert.Single(JsonElement.Parse(Assert.Single(topic.Bodies)).EnumerateArray());
        Assert.Equal(EventTypes.OptOutChanged, told.GetProperty("type").GetString());
        Assert.All(topic.Requests, request => Assert.Equal("application/cloudevents-batch+json", request.Type));
        Assert.All(topic.Requests, request => Assert.StartsWith("Bearer ", request.Authorization, StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (shown.StatusCode, put.StatusCode));
    }

    [Fact]
    public async Task Topic_ThatIsAway_GetsThemLater()
    {
        using var topic = new PlayedTopic { Failures = 2 };
        await using var app = await StartAsync(topic, EventTypes.OptOutChanged);

        using var added = await app.OptOutAsync("+15551230001");
        await Eventually.TrueAsync(() => !topic.Bodies.IsEmpty);

        Assert.Equal(3, topic.Requests.Count);
        Assert.Contains("Event Grid answered 503", app.Logs.Text, StringComparison.Ordinal);
    }

    private Task<TestApp> StartAsync(PlayedTopic topic, string types) => TestApp.StartAsync(
        memory.NewAccount(),
        [.. EventSettings.Fast, new("Events:EventGridTopic", Topic.ToString()), new("Events:EventGridTypes", types)],
        configure: builder => builder.Services.AddSingleton(topic.Client()));

    private sealed class PlayedTopic : HttpMessageHandler
    {
        public int Failures { get; set; }

        public ConcurrentQueue<string> Bodies { get; } = [];

        public ConcurrentQueue<(string? Type, string Authorization)> Requests { get; } = [];

        public EventGridPublisherClient Client()
        {
            var options = new EventGridPublisherClientOptions { Transport = new HttpClientTransport(new HttpClient(this)) };
            options.Retry.MaxRetries = 0;
            return new(Topic, SmallVault.Credential, options);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Enqueue((request.Content!.Headers.ContentType?.MediaType, request.Headers.Authorization?.ToString() ?? ""));
            if (Failures-- > 0)
            {
                return new(HttpStatusCode.ServiceUnavailable);
            }

            Bodies.Enqueue(await request.Content.ReadAsStringAsync(cancellationToken));
            return new(HttpStatusCode.OK);
        }
    }
}
