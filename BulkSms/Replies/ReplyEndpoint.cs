using System.Buffers.Text;
using System.Text;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Replies;

/// <summary>The replies as callers see them.</summary>
public sealed class ReplyEndpoint(ReplyTable table)
{
    /// <summary><c>GET /api/v1/replies?limit=&amp;cursor=</c>, the newest first.</summary>
    public async Task<IResult> ListAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var limit = PageQuery.Limit(request, errors);
        if (!TryReadCursor(request.Query["cursor"].ToString(), out var after))
        {
            errors.Add("cursor", "is not a cursor of this list");
        }

        return errors.Any ? Problems.Invalid(errors) : await StorageAnswer.GuardAsync(async () =>
        {
            var found = await table.NewestAsync(after, request.HttpContext.RequestAborted).Take(limit + 1).ToListAsync(request.HttpContext.RequestAborted);
            return Results.Json(new ReplyPage(
                [.. found.Take(limit).Select(each => each.Value)], found.Count > limit ? Base64Url.EncodeToString(Encoding.ASCII.GetBytes(found[limit - 1].Key)) : null));
        });
    }

    private static bool TryReadCursor(string text, out string? after)
    {
        after = null;
        if (text.Length == 0)
        {
            return true;
        }

        if (text.Length > 100 || !Base64Url.IsValid(text))
        {
            return false;
        }

        after = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text));
        return ReplyTable.IsKey(after);
    }
}
