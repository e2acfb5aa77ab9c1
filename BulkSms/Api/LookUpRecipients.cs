using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>Finds a phone among the recipients of a broadcast, by reading the rows where it may stand: no list is searched.</summary>
public sealed class LookUpRecipients(
    BroadcastStore store, RecipientTable recipients, RecipientPages pages, ControlTable holds, IOptions<OptOutOptions> options, TimeProvider time)
{
    /// <summary>
    /// <c>POST /api/v1/broadcasts/{id}/recipients/lookup</c> with <see cref="OnePhone"/>: the recipients with this number or another one of the same phone; none: an empty
    /// page. 404 when there is no such broadcast.
    /// </summary>
    public async Task<IResult> AnswerAsync(HttpRequest request, string id)
    {
        var read = await JsonBody.ReadAsync(request, options.Value.MaxRequestBytes, new(), OnePhone.Read);
        return read.Value is { } one
            ? await StorageAnswer.GuardAsync(() => FindAsync(id, one.Phone, request.HttpContext.RequestAborted))
            : read.Refusal!;
    }

    private async Task<IResult> FindAsync(string id, string phone, CancellationToken cancellation)
    {
        if (!BroadcastId.IsWellFormed(id) || await store.FindWithoutRecipientsAsync(id, cancellation) is not { } broadcast)
        {
            return Problems.NoBroadcast();
        }

        var reading = holds.ReadAsync(cancellation);
        var keys = NumberVariants.Of(phone).SelectMany(broadcast.KeysOf);
        var found = await Task.WhenAll(keys.Select(key => recipients.ReadAsync(key, cancellation)));
        var holding = new Holding(broadcast, await reading, time.GetUtcNow(), await pages.IsOthersAsync(broadcast, cancellation));
        return Results.Json(new RecipientPage([.. found.OfType<RecipientTable.Reading>().Select(each => RecipientView.Of(each.Row, holding.Of(each.Row)))], null));
    }
}
