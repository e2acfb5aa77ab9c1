using BulkSms.Audit;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.OptOuts;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Retention.People;

/// <summary>What is stored of one person, for them to have or to be erased. Both take some time: each request is a job that the sweeper works on.</summary>
public sealed class PeopleEndpoints(PersonJobs jobs, ResultBlobs results, KeptOptOuts kept, AuditLog audit)
{
    private const int MaxBody = 4096;
    private const string FileName = "person.json";

    /// <summary>Seconds after which to ask again: the sweeper begins each minute.</summary>
    private const string AskAgain = "30";

    /// <summary><c>POST /api/v1/people/export</c> with <see cref="PersonRequest"/>: 202 with the job; the same job while one runs for the person.</summary>
    public async Task<IResult> ExportAsync(HttpRequest request)
    {
        var read = await JsonBody.ReadAsync(request, MaxBody, new(), PersonRequest.ReadExport);
        return read.Value is { } asked ? await StorageAnswer.ChangeAsync(done =>
            audit.RunAsync(request, AuditAction.ExportPerson, AuditObject.Phones([asked.Phone]), () => StartAsync(PersonJobKind.Export, asked, done))) : read.Refusal!;
    }

    /// <summary>
    /// <c>POST /api/v1/people/erase</c> with <see cref="PersonRequest"/>: 202 with the job; the same job while one runs for the person. 409 when that was asked to keep the opt-out and this is not, or
    /// the other way round, and when there is no key to keep it by.
    /// </summary>
    public async Task<IResult> EraseAsync(HttpRequest request)
    {
        var read = await JsonBody.ReadAsync(request, MaxBody, new(), PersonRequest.ReadErase);
        return read.Value is not { } asked ? read.Refusal! : await StorageAnswer.ChangeAsync(async done => asked.KeepOptOut && !await kept.CanKeepAsync(CancellationToken.None)
            ? Problems.InvalidState($"{kept.KeysName} holds no key to hash the number by. Set one, or send keepOptOut: false: then nothing keeps the person from being texted again.")
            : await audit.RunAsync(
                request, AuditAction.ErasePerson, AuditObject.Phones([asked.Phone]), () => StartAsync(PersonJobKind.Erase, asked, done), detail: asked.KeepOptOut ? "keepOptOut" : "keepOptOut: false"));
    }

    /// <summary><c>GET /api/v1/people/jobs/{id}</c>: how far it is. 404.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string id) => StorageAnswer.GuardAsync(async () => await FindAsync(id) is not { } job ? NoJob()
        : job.HasEnded ? Results.Json(PersonJobView.Of(job)) : new WithHeaders(Results.Json(PersonJobView.Of(job)), ("Retry-After", AskAgain)));

    /// <summary><c>GET /api/v1/people/jobs/{id}/result</c>: what an export has found. 404, also when it is deleted; 409 while the export runs.</summary>
    public Task<IResult> DownloadAsync(HttpRequest request, string id) => StorageAnswer.GuardAsync(async () => await FindAsync(id) switch
    {
        null => NoJob(),
        { Kind: PersonJobKind.Erase } => Problems.NotFound("result", "An erasure has none. GET /api/v1/people/jobs/{id} tells what it has done."),
        { HasEnded: false } => Problems.InvalidState("The export is not finished. GET /api/v1/people/jobs/{id} tells how far it is."),
        var job => await results.OpenResultAsync(job.Id, request.HttpContext.RequestAborted) is { } result
            ? Results.Stream(result, "application/json; charset=utf-8", FileName)
            : Problems.NotFound("result", "It is deleted some time after the export (People:KeepResultFor). Ask for another with POST /api/v1/people/export."),
    });

    private async Task<IResult> StartAsync(PersonJobKind kind, PersonRequest asked, WorkDone done)
    {
        done.Begin();
        var (job, _) = await jobs.StartAsync(kind, asked.Phone, asked.KeepOptOut);
        return job.KeepOptOut != asked.KeepOptOut
            ? Problems.InvalidState($"The person is being erased with keepOptOut: {(job.KeepOptOut ? "true" : "false")}. Wait for the end of job {job.Id}, then ask again.")
            : new WithHeaders(Results.Json(PersonJobView.Of(job), statusCode: StatusCodes.Status202Accepted), ("Location", PersonJobView.UrlOf(job.Id)), ("Retry-After", AskAgain));
    }

    private Task<PersonJob?> FindAsync(string id) => PersonJob.IsWellFormed(id) ? jobs.FindAsync(id, CancellationToken.None) : Task.FromResult<PersonJob?>(null);

    private static IResult NoJob() => Problems.NotFound("job", "Check its id. Jobs are forgotten Retention:Days after their end.");
}
