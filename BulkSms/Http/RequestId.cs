using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Http;

/// <summary>What a request is called, in the header of its answer, in problem documents and in the log.</summary>
public static class RequestId
{
    public const string Header = "x-request-id";
    private const int Bytes = 16;
    private static readonly object Key = new();

    /// <summary>32 hexadecimal digits, made when they are first asked for.</summary>
    public static string Of(HttpContext http)
    {
        if (http.Items.TryGetValue(Key, out var known))
        {
            return (string)known!;
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        http.Items[Key] = id;
        return id;
    }
}
