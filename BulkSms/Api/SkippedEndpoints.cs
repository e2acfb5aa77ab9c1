using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Api;

/// <summary>What of a broadcast's request is no recipient, and why: page by page, and as one file.</summary>
public sealed class SkippedEndpoints(BroadcastStore store)
{
    /// <summary><c>GET /api/v1/broadcasts/{id}/skipped?limit=&amp;cursor=</c>: in the order of the request; 404.</summary>
    public Task<IResult> ListAsync(HttpRequest request, string id)
    {
        var errors = new FieldErrors();
        var limit = PageQuery.Limit(request, errors);
        if (!TryReadCursor(request.Query["cursor"], out var from))
        {
            AddCursorError(errors);
        }

        return errors.Any ? Task.FromResult(Problems.Invalid(errors)) : FindAsync(request, id, async broadcast =>
        {
            try
            {
                return Results.Json(await PageAsync(broadcast, from, limit, request.HttpContext.RequestAborted));
            }
            catch (FormatException)
            {
                AddCursorError(errors); // of another broadcast
                return Problems.Invalid(errors);
            }
        });
    }

    /// <summary><c>GET /api/v1/broadcasts/{id}/skipped.csv</c>: all of them, as they come from storage; 404.</summary>
    public Task<IResult> DownloadAsync(HttpRequest request, string id) => FindAsync(request, id, broadcast => CsvAnswer.StreamAsync(
        AllAsync(broadcast, request.HttpContext.RequestAborted), $"{broadcast.Id}-skipped.csv", (stream, entries) => SkippedCsv.WriteAsync(stream, broadcast.IsFile, entries)));

    private async Task<SkippedPage> PageAsync(Broadcast broadcast, long from, int limit, CancellationToken cancellation)
    {
        var (page, end) = (new List<SkippedView>(), from);
        await foreach (var entry in store.SkippedOfAsync(broadcast, from, cancellation))
        {
            if (page.Count == limit)
            {
                return new(page, Base64Url.EncodeToString(Encoding.ASCII.GetBytes(end.ToString(CultureInfo.InvariantCulture))));
            }

            page.Add(SkippedView.Of(entry.Entry, broadcast.IsFile));
            end = entry.End;
        }

        return new(page, null);
    }

    private async IAsyncEnumerable<SkippedView> AllAsync(Broadcast broadcast, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entry in store.SkippedOfAsync(broadcast, 0, cancellation))
        {
            yield return SkippedView.Of(entry.Entry, broadcast.IsFile);
        }
    }

    private static void AddCursorError(FieldErrors errors) => errors.Add("cursor", "is not a cursor of this list");

    // The byte of the list that the next page begins at.
    private static bool TryReadCursor(string? text, out long from)
    {
        from = 0;
        return string.IsNullOrEmpty(text)
            || (text.Length <= 32 && Base64Url.IsValid(text)
                && long.TryParse(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)), NumberStyles.None, CultureInfo.InvariantCulture, out from));
    }

    private Task<IResult> FindAsync(HttpRequest request, string id, Func<Broadcast, Task<IResult>> found) => StorageAnswer.GuardAsync(async () =>
        BroadcastId.IsWellFormed(id) && await store.FindWithoutRecipientsAsync(id, request.HttpContext.RequestAborted) is { } broadcast
            ? await found(broadcast)
            : Problems.NoBroadcast());
}

/// <summary>A page of the entries that were left out.</summary>
/// <param name="Skipped">The page, in the order of the request.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record SkippedPage(IReadOnlyList<SkippedView> Skipped, string? Next);
