using BulkSms.Audit;
using BulkSms.Broadcasts.Requests;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Recipients;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>The opt-out list as callers see and change it.</summary>
public sealed class OptOutEndpoints(OptOutList list, ChangeOptOuts change, OptOutImport import, OptOutUpload upload, OptOutCursor cursors, AuditLog audit, IOptions<OptOutOptions> options)
{
    private const string FileName = "optouts.csv";

    /// <summary><c>GET /api/v1/optouts?limit=&amp;cursor=</c>, in the order of the numbers.</summary>
    public async Task<IResult> ListAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var limit = PageQuery.Limit(request, errors);
        var after = request.Query["cursor"].ToString() is { Length: > 0 } cursor ? await cursors.ReadAsync(cursor, request.HttpContext.RequestAborted) ?? "" : null;
        if (after is "")
        {
            errors.Add("cursor", "is not a cursor of this list");
        }

        return errors.Any ? Problems.Invalid(errors) : await StorageAnswer.GuardAsync(async () =>
        {
            var pages = list.PagesAfterAsync(after, Math.Min(limit + 1, 1000), request.HttpContext.RequestAborted);
            var found = await pages.SelectMany(page => page).Take(limit + 1).ToListAsync(request.HttpContext.RequestAborted);
            OptOut[] page = [.. found.Take(limit)];
            return Results.Json(new OptOutPage(page, found.Count > limit ? await cursors.WriteAsync(OptOutKey.Of(page[^1].Phone), request.HttpContext.RequestAborted) : null));
        });
    }

    /// <summary><c>POST /api/v1/optouts/lookup</c> with <see cref="OnePhone"/>: since when and how it is known; 404 when the number may be texted.</summary>
    public Task<IResult> LookUpAsync(HttpRequest request) => WithOneAsync(request, (number, _) => ShowAsync(number, request.HttpContext.RequestAborted));

    /// <summary><c>POST /api/v1/optouts/remove</c> with <see cref="OnePhone"/>: 204, also when it was not on the list. What was stopped is not sent after all.</summary>
    public Task<IResult> RemoveAsync(HttpRequest request) => WithOneAsync(request, (number, done) => audit.RunAsync(request, AuditAction.RemoveOptOut, AuditObject.Phones([number]), async () =>
    {
        await change.RemoveAsync(number, done);
        return Results.NoContent();
    }));

    /// <summary>
    /// <c>POST /api/v1/optouts</c>: JSON, or a file of numbers, all of it or nothing; 200 once nothing waits for them any more, in any broadcast. 400, 413, 415 with nothing
    /// changed; 503: repeat it, some may be done, as the answer says.
    /// </summary>
    public async Task<IResult> AddAsync(HttpRequest request)
    {
        var (errors, limit) = (new FieldErrors(), options.Value.MaxRequestBytes);
        if (OptOutUpload.Is(request))
        {
            return await AddAsync(request, OptOutSource.Import, await upload.ReadAsync(request, limit, errors));
        }

        return RequestBody.Is(request, JsonBody.MediaType)
            ? await AddAsync(request, OptOutSource.Api, await JsonBody.ReadAsync(request, limit, errors, import.ReadJson))
            : Problems.WrongContentType($"{JsonBody.MediaType}, or a file as {CsvAnswer.MediaType} or as the part {OptOutImport.Phones} of {FormReader.MediaType}");
    }

    /// <summary><c>GET /api/v1/optouts/export</c>: the whole list as CSV, as it comes from storage.</summary>
    public Task<IResult> ExportAsync(HttpRequest request) => StorageAnswer.GuardAsync(() => CsvAnswer.StreamAsync(
        list.PagesAfterAsync(null, null, request.HttpContext.RequestAborted),
        FileName,
        (stream, pages) => OptOutCsv.WriteAsync(stream, pages, CancellationToken.None)));

    private async Task<IResult> AddAsync(HttpRequest request, string source, ReadResult<OptOutPhones> read) => read.Value is { } phones
        ? await StorageAnswer.ChangeAsync(done => audit.RunAsync(request, AuditAction.AddOptOuts, AuditObject.Phones(phones.Unique), async () =>
        {
            var (added, stopped) = await change.AddAsync(phones.Unique, source, done);
            return Results.Json(new ImportView(added, phones.Unique.Count - added, phones.Duplicates, stopped, phones.Warnings));
        }, detail: $"source: {source}"))
        : read.Refusal!;

    private async Task<IResult> ShowAsync(string number, CancellationToken cancellation) => await list.FindAsync(number, cancellation) is { } found
        ? Results.Json(found)
        : Problems.NotFound("opt-out", "The phone may be texted.");

    private async Task<IResult> WithOneAsync(HttpRequest request, Func<string, WorkDone, Task<IResult>> act)
    {
        var read = await JsonBody.ReadAsync(request, options.Value.MaxRequestBytes, new(), OnePhone.Read);
        return read.Value is { } one ? await StorageAnswer.ChangeAsync(done => act(one.Phone, done)) : read.Refusal!;
    }
}
