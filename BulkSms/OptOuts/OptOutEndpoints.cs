using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using BulkSms.Http;
using BulkSms.Recipients;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>The opt-out list as callers see and change it.</summary>
public sealed class OptOutEndpoints(OptOutList list, ChangeOptOuts change, OptOutImport import, IOptions<OptOutOptions> options)
{
    private const string Json = "application/json";
    private const string FileName = "optouts.csv";
    private const int MaxCursor = 1000;

    /// <summary><c>GET /api/v1/optouts?limit=&amp;cursor=</c>, in the order of the numbers.</summary>
    public async Task<IResult> ListAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var limit = PageQuery.Limit(request, errors);
        if (!TryReadCursor(request.Query["cursor"], out var after))
        {
            errors.Add("cursor", "is not a cursor of this list");
        }

        return errors.Any ? Problems.Invalid(errors) : await StorageAnswer.GuardAsync(async () =>
        {
            var pages = list.PagesAfterAsync(after, Math.Min(limit + 1, 1000), request.HttpContext.RequestAborted);
            var found = await pages.SelectMany(page => page).Take(limit + 1).ToListAsync(request.HttpContext.RequestAborted);
            OptOut[] page = [.. found.Take(limit)];
            return Results.Json(new OptOutPage(page, found.Count > limit ? Cursor(page[^1]) : null));
        });
    }

    /// <summary><c>GET /api/v1/optouts/{phone}</c>: since when and how it is known; 404 when the number may be texted.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string phone) => WithAsync(phone, number => ShowAsync(number, request.HttpContext.RequestAborted));

    /// <summary><c>PUT /api/v1/optouts/{phone}</c>: 200 once nothing waits for it any more, in any broadcast. There is no body; repeating it is harmless.</summary>
    public Task<IResult> PutAsync(HttpRequest request, string phone) => WithAsync(phone, async number =>
    {
        await change.AddAsync([number], OptOutSource.Api);
        return await ShowAsync(number, CancellationToken.None);
    });

    /// <summary><c>DELETE /api/v1/optouts/{phone}</c>: 204, also when it was not on the list. What was stopped is not sent after all.</summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string phone) => WithAsync(phone, async number =>
    {
        await change.RemoveAsync(number);
        return Results.NoContent();
    });

    /// <summary><c>POST /api/v1/optouts</c>: JSON or CSV, all of it or nothing. 200; 400, 413, 415 with nothing changed; 503: repeat it, some may be done.</summary>
    public async Task<IResult> ImportAsync(HttpRequest request)
    {
        var isCsv = RequestBody.Is(request, CsvAnswer.MediaType);
        if (!isCsv && !RequestBody.Is(request, Json))
        {
            return Problems.WrongContentType($"{Json} or {CsvAnswer.MediaType}");
        }

        if (await RequestBody.ReadAsync(request, options.Value.MaxRequestBytes, request.HttpContext.RequestAborted) is not { } body)
        {
            return Problems.TooLarge(options.Value.MaxRequestBytes);
        }

        var errors = new FieldErrors();
        try
        {
            var numbers = isCsv ? import.ReadCsv(body, request.Query["defaultRegion"], errors) : import.ReadJson(body, errors);
            return errors.Any ? Problems.Invalid(errors) : await StorageAnswer.GuardAsync(() => ImportAsync(numbers));
        }
        catch (JsonException e)
        {
            return Problems.MalformedJson(e);
        }
    }

    /// <summary><c>GET /api/v1/optouts/export</c>: the whole list as CSV, as it comes from storage.</summary>
    public Task<IResult> ExportAsync(HttpRequest request) => StorageAnswer.GuardAsync(() => CsvAnswer.StreamAsync(
        list.PagesAfterAsync(null, null, request.HttpContext.RequestAborted),
        FileName,
        (stream, pages) => OptOutCsv.WriteAsync(stream, pages, CancellationToken.None)));

    private async Task<IResult> ImportAsync(OptOutPhones numbers)
    {
        var (added, stopped) = await change.AddAsync(numbers.Unique, OptOutSource.Import);
        return Results.Json(new ImportView(added, numbers.Unique.Count - added, numbers.Duplicates, stopped));
    }

    private async Task<IResult> ShowAsync(string number, CancellationToken cancellation) => await list.FindAsync(number, cancellation) is { } found
        ? Results.Json(found)
        : Problems.NotFound("opt-out");

    // A number, or sender: and what a sender is called that is none.
    private static async Task<IResult> WithAsync(string phone, Func<string, Task<IResult>> act)
    {
        var errors = new FieldErrors();
        if (OptOutSender.Read(phone, NumberRules.E164, out var read) is not { } error)
        {
            return await StorageAnswer.GuardAsync(() => act(read));
        }

        errors.Add("phone", error);
        return Problems.Invalid(errors);
    }

    // In a query a plus sign would be a blank.
    private static string Cursor(OptOut last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(OptOutKey.Of(last.Phone)));

    private static bool TryReadCursor(string? text, out string? after)
    {
        after = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (text.Length > MaxCursor || !Base64Url.IsValid(text))
        {
            return false;
        }

        after = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        return OptOutKey.IsKey(after);
    }
}
