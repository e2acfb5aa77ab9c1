using System.Text.Json;
using System.Text.Json.Serialization;

namespace BulkSms.Retention.People;

/// <summary>A request about one person's data, as the API shows it.</summary>
/// <param name="JobId">Its id.</param>
/// <param name="Kind"><c>export</c> or <c>erase</c>.</param>
/// <param name="Status">One of <see cref="PersonJobStatus"/>.</param>
/// <param name="Phone">A few digits of the number.</param>
/// <param name="KeepOptOut">Of an erasure: whether the person is not texted afterwards.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="BroadcastsDone">Broadcasts that it has gone through.</param>
/// <param name="Messages">Messages of the person that it has found: exported, or erased.</param>
/// <param name="WaitingFor">What it waits for, in words.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="StatusUrl">Where to ask how it goes.</param>
/// <param name="ResultUrl">Where the result is, once there is one.</param>
/// <param name="ResultUntil">When the result is deleted.</param>
public sealed record PersonJobView(
    string JobId,
    string Kind,
    string Status,
    string Phone,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? KeepOptOut,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EndedAt,
    int BroadcastsDone,
    int Messages,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? WaitingFor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    string StatusUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ResultUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ResultUntil)
{
    public static PersonJobView Of(PersonJob job) => new(
        job.Id,
        JsonNamingPolicy.CamelCase.ConvertName(job.Kind.ToString()),
        job.Status,
        job.Masked,
        job.Kind is PersonJobKind.Erase ? job.KeepOptOut : null,
        job.CreatedAt,
        job.EndedAt,
        job.BroadcastsDone,
        job.Messages,
        job.WaitingFor,
        job.Reason,
        UrlOf(job.Id),
        job.ResultUntil is null ? null : $"{UrlOf(job.Id)}/result",
        job.ResultUntil);

    public static string UrlOf(string id) => $"/{Http.Routes.Prefix}/v1/people/jobs/{id}";
}
