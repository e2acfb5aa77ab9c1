using BulkSms.Storage;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Http;

/// <summary>Answers 503 where storage is away, so that no endpoint has to say so itself.</summary>
public static class StorageAnswer
{
    public static async Task<IResult> GuardAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (Exception e) when (e.IsUnavailable())
        {
            return Problems.StorageUnavailable();
        }
    }
}
