using System.Net;
using System.Runtime.CompilerServices;
using BulkSms.Client.Api.V1.Broadcasts;
using BulkSms.Client.Http;
using BulkSms.Client.Models;
using Microsoft.Kiota.Abstractions;

namespace BulkSms.Client;

/// <summary>Calls about broadcasts.</summary>
public sealed class BroadcastCalls
{
    internal const string KeyHeader = "Idempotency-Key";
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(5);

    private readonly Exchange exchange;
    private readonly BroadcastsRequestBuilder api;
    private readonly BulkSmsClientOptions options;

    internal BroadcastCalls(Exchange exchange, BroadcastsRequestBuilder api, BulkSmsClientOptions options) => (this.exchange, this.api, this.options) = (exchange, api, options);

    /// <summary>Sends a text to people: all of it is accepted, or none.</summary>
    /// <param name="broadcast">The text and the people.</param>
    /// <param name="idempotencyKey">Under the same key nothing is sent twice; null: a new one, which every repeat of this call carries.</param>
    /// <param name="cancellation">Ends the wait for the answer; what was accepted goes on.</param>
    public async Task<AcceptedBroadcast> CreateAsync(NewBroadcast broadcast, string? idempotencyKey = null, CancellationToken cancellation = default)
    {
        using var form = RequestBody.Form(broadcast, testTo: null);
        var request = api.ToPostRequestInformation(RequestBody.Json(broadcast, testTo: null));
        request.Headers.TryAdd(KeyHeader, idempotencyKey ?? BulkSmsClient.NewKey());
        using var answer = await exchange.AnswerAsync(request, cancellation, form);
        var accepted = await Exchange.ReadAsync(answer, AcceptedBroadcast.CreateFromDiscriminatorValue, cancellation);
        accepted.IsReplayed = answer.Headers.Contains("Idempotency-Replayed");
        return accepted;
    }

    /// <summary>What a broadcast would be: segments, cost, time, finished texts. Nothing is stored or sent.</summary>
    /// <param name="broadcast">The text and the people.</param>
    /// <param name="row">A recipient whose text is shown, too: by its line of the file or its index.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<Preview> PreviewAsync(NewBroadcast broadcast, int? row = null, CancellationToken cancellation = default)
    {
        using var form = RequestBody.Form(broadcast, testTo: null);
        var request = api.Preview.ToPostRequestInformation(RequestBody.Json(broadcast, testTo: null), each => each.QueryParameters.Row = row);
        return await exchange.SendAsync(request, Preview.CreateFromDiscriminatorValue, cancellation, form);
    }

    /// <summary>Sends the text of one recipient to a number of your own.</summary>
    /// <param name="broadcast">The text and the people.</param>
    /// <param name="testTo">Your number.</param>
    /// <param name="row">The recipient whose text it is; null: the first.</param>
    /// <param name="idempotencyKey">See <see cref="CreateAsync"/>.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<AcceptedTest> TestAsync(NewBroadcast broadcast, string testTo, int? row = null, string? idempotencyKey = null, CancellationToken cancellation = default)
    {
        using var form = RequestBody.Form(broadcast, testTo);
        var request = api.Test.ToPostRequestInformation(RequestBody.Json(broadcast, testTo), each => each.QueryParameters.Row = row);
        request.Headers.TryAdd(KeyHeader, idempotencyKey ?? BulkSmsClient.NewKey());
        return await exchange.SendAsync(request, AcceptedTest.CreateFromDiscriminatorValue, cancellation, form);
    }

    /// <summary>Broadcasts, newest first, page by page as they are asked for.</summary>
    public IAsyncEnumerable<BroadcastSummary> ListAsync(BroadcastFilter? filter = null, CancellationToken cancellation = default) => exchange.PagesAsync(
        cursor => With(api.ToGetRequestInformation(each =>
        {
            each.QueryParameters.Cursor = cursor;
            each.QueryParameters.Limit = filter?.PageSize;
            each.QueryParameters.Text = filter?.Text;
            each.QueryParameters.CreatedFrom = filter?.CreatedFrom;
            each.QueryParameters.CreatedBefore = filter?.CreatedBefore;
        }), filter?.Statuses),
        BroadcastPage.CreateFromDiscriminatorValue, page => page.Broadcasts, page => page.Next, cancellation);

    /// <summary>One broadcast with its counts.</summary>
    public Task<Broadcast> GetAsync(string broadcastId, CancellationToken cancellation = default) =>
        exchange.SendAsync(api[broadcastId].ToGetRequestInformation(), Broadcast.CreateFromDiscriminatorValue, cancellation);

    /// <summary>A broadcast each time that it has changed, until it is completed or canceled. The app says when to ask again.</summary>
    public async IAsyncEnumerable<Broadcast> FollowAsync(string broadcastId, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? tag = null;
        while (true)
        {
            TimeSpan? pause;
            Broadcast? changed = null;
            var known = tag;
            using (var answer = await exchange.AnswerAsync(api[broadcastId].ToGetRequestInformation(), cancellation, null, message => Knowing(message, known), HttpStatusCode.NotModified))
            {
                (tag, pause) = (answer.Headers.ETag?.ToString() ?? tag, ProblemReader.RetryAfter(answer));
                if (answer.StatusCode != HttpStatusCode.NotModified)
                {
                    changed = await Exchange.ReadAsync(answer, Broadcast.CreateFromDiscriminatorValue, cancellation);
                }
            }

            if (changed is not null)
            {
                yield return changed;
            }

            if (changed?.Status is BroadcastStatus.Completed or BroadcastStatus.Canceled)
            {
                yield break;
            }

            await Task.Delay(pause is not { } named ? options.PollEvery : named < LongestPoll ? named : LongestPoll, options.Time, cancellation);
        }
    }

    /// <summary>Waits until a broadcast is completed or canceled. To stop waiting cancels nothing.</summary>
    public async Task<Broadcast> WaitAsync(string broadcastId, IProgress<Broadcast>? progress = null, CancellationToken cancellation = default)
    {
        Broadcast? last = null;
        await foreach (var broadcast in FollowAsync(broadcastId, cancellation))
        {
            last = broadcast;
            progress?.Report(broadcast);
        }

        return last!;
    }

    /// <summary>What became of each recipient, page by page as they are asked for.</summary>
    /// <param name="broadcastId">The broadcast.</param>
    /// <param name="statuses">Only those; groups are taken, too: <c>waiting</c>, <c>final</c>, <c>notDelivered</c>.</param>
    /// <param name="pageSize">Entries of a page.</param>
    /// <param name="cancellation">Ends the list.</param>
    public IAsyncEnumerable<Recipient> ListRecipientsAsync(string broadcastId, IReadOnlyCollection<string>? statuses = null, int? pageSize = null, CancellationToken cancellation = default) => exchange.PagesAsync(
        cursor => With(api[broadcastId].Recipients.ToGetRequestInformation(each => (each.QueryParameters.Cursor, each.QueryParameters.Limit) = (cursor, pageSize)), statuses),
        RecipientPage.CreateFromDiscriminatorValue, page => page.Recipients, page => page.Next, cancellation);

    /// <summary>What became of one phone, under each number that it may have been written with: several entries where it gets several texts; none: it is no recipient.</summary>
    public async Task<IReadOnlyList<Recipient>> FindRecipientAsync(string broadcastId, string phone, string? defaultRegion = null, CancellationToken cancellation = default)
    {
        var request = api[broadcastId].Recipients.Lookup.ToPostRequestInformation(new OnePhone { Phone = phone, DefaultRegion = defaultRegion });
        return (await exchange.SendAsync(request, RecipientPage.CreateFromDiscriminatorValue, cancellation)).Recipients ?? [];
    }

    /// <summary>Writes what became of each recipient as CSV, as it comes.</summary>
    public Task DownloadResultsAsync(string broadcastId, Stream to, IReadOnlyCollection<string>? statuses = null, CancellationToken cancellation = default) =>
        exchange.CopyAsync(With(api[broadcastId].ResultsCsv.ToGetRequestInformation(), statuses), to, cancellation);

    /// <summary>Entries that are no recipients: duplicates, opted-out and invalid numbers.</summary>
    public IAsyncEnumerable<SkippedEntry> ListSkippedAsync(string broadcastId, int? pageSize = null, CancellationToken cancellation = default) => exchange.PagesAsync(
        cursor => api[broadcastId].Skipped.ToGetRequestInformation(each => (each.QueryParameters.Cursor, each.QueryParameters.Limit) = (cursor, pageSize)),
        SkippedPage.CreateFromDiscriminatorValue, page => page.Skipped, page => page.Next, cancellation);

    /// <summary>Writes the entries that are no recipients as CSV, as it comes.</summary>
    public Task DownloadSkippedAsync(string broadcastId, Stream to, CancellationToken cancellation = default) => exchange.CopyAsync(api[broadcastId].SkippedCsv.ToGetRequestInformation(), to, cancellation);

    /// <summary>Approves a broadcast that awaits it. The caller must not be the one that sent it.</summary>
    public Task<ControlledBroadcast> ApproveAsync(string broadcastId, string? comment = null, CancellationToken cancellation = default) =>
        exchange.SendAsync(api[broadcastId].Approve.ToPostRequestInformation(new DecisionComment { Comment = comment }), ControlledBroadcast.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Rejects a broadcast that awaits its approval: it is canceled, and nothing of it was sent. The caller must not be the one that sent it.</summary>
    public Task<ControlledBroadcast> RejectAsync(string broadcastId, string? comment = null, CancellationToken cancellation = default) =>
        exchange.SendAsync(api[broadcastId].Reject.ToPostRequestInformation(new DecisionComment { Comment = comment }), ControlledBroadcast.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Pauses a broadcast: what waits is held. The reason is kept in the audit log, and shown.</summary>
    public Task<ControlledBroadcast> PauseAsync(string broadcastId, string? reason = null, CancellationToken cancellation = default) =>
        exchange.SendAsync(api[broadcastId].Pause.ToPostRequestInformation(new Reason { ReasonProp = reason }), ControlledBroadcast.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Lets a paused broadcast go on.</summary>
    public Task<ControlledBroadcast> ResumeAsync(string broadcastId, CancellationToken cancellation = default) =>
        exchange.SendAsync(api[broadcastId].Resume.ToPostRequestInformation(), ControlledBroadcast.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Cancels a broadcast for good: what waits is never sent.</summary>
    public Task<ControlledBroadcast> CancelAsync(string broadcastId, CancellationToken cancellation = default) =>
        exchange.SendAsync(api[broadcastId].Cancel.ToPostRequestInformation(), ControlledBroadcast.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Erases what is personal of a completed or canceled broadcast.</summary>
    public Task EraseAsync(string broadcastId, CancellationToken cancellation = default) => exchange.SendAsync(api[broadcastId].ToDeleteRequestInformation(), cancellation);

    private static void Knowing(HttpRequestMessage message, string? tag)
    {
        if (tag is not null)
        {
            message.Headers.IfNoneMatch.ParseAdd(tag);
        }
    }

    private static RequestInformation With(RequestInformation request, IReadOnlyCollection<string>? statuses)
    {
        if (statuses is { Count: > 0 })
        {
            request.QueryParameters["status"] = statuses.ToArray();
        }

        return request;
    }
}
