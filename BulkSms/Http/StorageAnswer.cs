using BulkSms.Common;
using BulkSms.Storage;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Http;

/// <summary>Answers 503 where storage is away, so that no endpoint has to say so itself.</summary>
public static class StorageAnswer
{
    /// <summary>Runs what changes nothing, or all of it in one write.</summary>
    public static Task<IResult> GuardAsync(Func<Task<IResult>> answer) => ChangeAsync(_ => answer());

    /// <summary>Runs what changes several things, one after the other. When storage goes away in the middle the answer says what is done.</summary>
    /// <param name="change">Notes what it does.</param>
    public static async Task<IResult> ChangeAsync(Func<WorkDone, Task<IResult>> change)
    {
        var done = new WorkDone();
        try
        {
            return await change(done);
        }
        catch (Exception e) when (e.IsUnavailable())
        {
            return done.HasBegun ? Problems.PartlyDone(done) : Problems.StorageUnavailable();
        }
    }
}
