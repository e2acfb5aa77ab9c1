using System.Buffers;

namespace BulkSms.TwilioSimulator;

/// <summary>A request's body byte for byte; forms are parsed from it, so that what was received can be compared.</summary>
internal static class RawBody
{
    public static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        while (true)
        {
            var result = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (result.IsCompleted)
            {
                var bytes = result.Buffer.ToArray();
                request.BodyReader.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            request.BodyReader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
