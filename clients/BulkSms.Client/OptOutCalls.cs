using System.Net;
using BulkSms.Client.Api.V1.Optouts;
using BulkSms.Client.Http;
using BulkSms.Client.Models;

namespace BulkSms.Client;

/// <summary>Calls about phones that are not texted.</summary>
public sealed class OptOutCalls
{
    private readonly Exchange exchange;
    private readonly OptoutsRequestBuilder api;

    internal OptOutCalls(Exchange exchange, OptoutsRequestBuilder api) => (this.exchange, this.api) = (exchange, api);

    /// <summary>The list, page by page as it is asked for.</summary>
    public IAsyncEnumerable<OptOut> ListAsync(int? pageSize = null, CancellationToken cancellation = default) => exchange.PagesAsync(
        cursor => api.ToGetRequestInformation(each => (each.QueryParameters.Cursor, each.QueryParameters.Limit) = (cursor, pageSize)),
        OptOutPage.CreateFromDiscriminatorValue, page => page.OptOuts, page => page.Next, cancellation);

    /// <summary>Writes the list as CSV, as it comes.</summary>
    public Task ExportAsync(Stream to, CancellationToken cancellation = default) => exchange.CopyAsync(api.Export.ToGetRequestInformation(), to, cancellation);

    /// <summary>Adds phones, all of them or none. What waits for them is not sent.</summary>
    public Task<OptOutsAdded> AddAsync(IEnumerable<string> phones, string? defaultRegion = null, CancellationToken cancellation = default) =>
        exchange.SendAsync(api.ToPostRequestInformation(new OptOutList { Phones = [.. phones], DefaultRegion = defaultRegion }), OptOutsAdded.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Adds the phones of a file, all of them or none.</summary>
    public async Task<OptOutsAdded> ImportAsync(OptOutFile file, CancellationToken cancellation = default)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in new[] { ("defaultRegion", file.DefaultRegion), ("numberColumn", file.NumberColumn), ("sheet", file.Sheet), ("hiddenRows", RequestBody.HiddenRows(file.SkipHiddenRows)) })
        {
            if (value is not null)
            {
                form.Add(new StringContent(value), name);
            }
        }

        form.Add(new FileContent(file.File), "phones", file.File.Name);
        return await exchange.SendAsync(api.ToPostRequestInformation(new OptOutList()), OptOutsAdded.CreateFromDiscriminatorValue, cancellation, form);
    }

    /// <summary>Since when a phone is on the list, and how that is known; null: it may be texted.</summary>
    public async Task<OptOut?> FindAsync(string phone, string? defaultRegion = null, CancellationToken cancellation = default)
    {
        var request = api.Lookup.ToPostRequestInformation(new OnePhone { Phone = phone, DefaultRegion = defaultRegion });
        using var answer = await exchange.AnswerAsync(request, cancellation, null, null, HttpStatusCode.NotFound);
        if (answer.StatusCode != HttpStatusCode.NotFound)
        {
            return await Exchange.ReadAsync(answer, OptOut.CreateFromDiscriminatorValue, cancellation);
        }

        var problem = await ProblemReader.ReadAsync(answer, cancellation);
        return problem.Json is not null ? null : throw new BulkSmsException(problem); // another 404: there is no BulkSms here
    }

    /// <summary>Takes a phone off the list. What its opt-out stopped does not come back.</summary>
    public Task RemoveAsync(string phone, string? defaultRegion = null, CancellationToken cancellation = default) =>
        exchange.SendAsync(api.Remove.ToPostRequestInformation(new OnePhone { Phone = phone, DefaultRegion = defaultRegion }), cancellation);

    /// <summary>Phones whose texts wait for your decision.</summary>
    public IAsyncEnumerable<ReviewEntry> ListReviewAsync(int? pageSize = null, CancellationToken cancellation = default) => exchange.PagesAsync(
        cursor => api.Review.ToGetRequestInformation(each => (each.QueryParameters.Cursor, each.QueryParameters.Limit) = (cursor, pageSize)),
        ReviewPage.CreateFromDiscriminatorValue, page => page.Entries, page => page.Next, cancellation);

    /// <summary>Decides on a phone of the review list.</summary>
    /// <param name="phone">Whose.</param>
    /// <param name="decision">What becomes of it.</param>
    /// <param name="lastMessageSid">The last text that you have read: when another has come since, the app refuses with <c>invalid-state</c>.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<ReviewDecided> DecideReviewAsync(string phone, ReviewDecision_decision decision, string? lastMessageSid = null, CancellationToken cancellation = default) => exchange.SendAsync(
        api.Review.ToPostRequestInformation(new ReviewDecision { Phone = phone, Decision = decision, LastMessageSid = lastMessageSid }), ReviewDecided.CreateFromDiscriminatorValue, cancellation);
}
