using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Estimates;
using BulkSms.Http;
using BulkSms.SendingControl;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>
/// The list of broadcasts, newest first. Times are a range of ids; statuses and texts are compared row by row, <see cref="MostRead"/> rows a request: a page may be short, or empty, and
/// its cursor goes on where reading ended.
/// </summary>
public sealed class ListBroadcasts(BroadcastStore store, ControlTable controls, IOptions<BroadcastOptions> options, CurrentPrices prices, TimeProvider time)
{
    /// <summary>Rows that one request reads at most.</summary>
    public const int MostRead = 2000;

    /// <summary><c>GET /api/v1/broadcasts?status=&amp;text=&amp;createdFrom=&amp;createdBefore=&amp;limit=&amp;cursor=</c>: each with its status and, once it is completed, its counts and its cost. No recipient is read.</summary>
    public async Task<IResult> ListAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var limit = PageQuery.Limit(request, errors);
        var filter = BroadcastFilter.Read(request.Query, errors);
        var cursor = request.Query["cursor"].ToString();
        if (cursor.Length > 0 && !BroadcastId.IsWellFormed(cursor))
        {
            errors.Add("cursor", "is not a cursor of this list");
        }

        return errors.Any ? Problems.Invalid(errors) : await StorageAnswer.GuardAsync(async () =>
            new ConditionalJson<BroadcastPage>(await ReadAsync(filter, cursor, limit, request.HttpContext.RequestAborted)));
    }

    private async Task<BroadcastPage> ReadAsync(BroadcastFilter filter, string cursor, int limit, CancellationToken cancellation)
    {
        var (control, costs, now) = (await controls.ReadAsync(cancellation), await prices.GetAsync(), time.GetUtcNow());
        var (after, before) = filter.Range(options.Value.IdempotencyKeyLifetime);
        after = string.CompareOrdinal(cursor, after) > 0 ? cursor : after;
        var (page, last, read) = (new List<BroadcastSummaryView>(), "", 0);
        await foreach (var broadcast in store.ListAsync(after.Length == 0 ? null : after, before, filter.ComparesRows ? MostRead : limit + 1, cancellation))
        {
            if (page.Count == limit || read == MostRead)
            {
                return new(page, last);
            }

            (last, read) = (broadcast.Id, read + 1);
            var view = BroadcastSummaryView.Of(broadcast, control, costs, now);
            if (filter.Takes(view))
            {
                page.Add(view);
            }
        }

        return new(page, null);
    }
}
