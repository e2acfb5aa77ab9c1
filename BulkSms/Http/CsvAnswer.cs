using Microsoft.AspNetCore.Http;

namespace BulkSms.Http;

/// <summary>A CSV file that is written while it is read from storage, so that its length does not matter.</summary>
public static class CsvAnswer
{
    public const string MediaType = "text/csv";

    /// <summary>Begins the answer once the first part is read: storage that is away is a 503, not an empty file. If it goes away later the connection is cut.</summary>
    /// <param name="parts">What is read.</param>
    /// <param name="fileName">What a browser saves it as.</param>
    /// <param name="write">Writes header and parts.</param>
    public static async Task<IResult> StreamAsync<T>(IAsyncEnumerable<T> parts, string fileName, Func<Stream, IAsyncEnumerable<T>, Task> write)
    {
        var reading = parts.GetAsyncEnumerator(CancellationToken.None);
        var any = await reading.MoveNextAsync();
        return Results.Stream(stream => write(stream, RestAsync(reading, any)), $"{MediaType}; charset=utf-8", fileName);
    }

    private static async IAsyncEnumerable<T> RestAsync<T>(IAsyncEnumerator<T> reading, bool any)
    {
        await using (reading)
        {
            for (; any; any = await reading.MoveNextAsync())
            {
                yield return reading.Current;
            }
        }
    }
}
