using System.Text;
using Microsoft.Kiota.Abstractions.Serialization;

namespace BulkSms.Cli.Output;

/// <summary>Results for scripts: one JSON document on standard output.</summary>
internal static class JsonOutput
{
    private static readonly byte[] Line = "\n"u8.ToArray();

    public static async Task WriteAsync<T>(Stream to, T value, CancellationToken cancellation)
        where T : IParsable => await WriteAsync(to, await TextOfAsync(value, cancellation), cancellation);

    /// <summary>A list as an array, entry by entry as they come.</summary>
    public static async Task WriteAsync<T>(Stream to, IAsyncEnumerable<T> values, CancellationToken cancellation)
        where T : IParsable
    {
        var before = "[";
        await foreach (var value in values)
        {
            await to.WriteAsync(Encoding.UTF8.GetBytes(before + "\n" + await TextOfAsync(value, cancellation)), cancellation);
            before = ",";
        }

        await WriteAsync(to, before == "[" ? "[]" : "\n]", cancellation);
    }

    public static async Task WriteAsync(Stream to, string json, CancellationToken cancellation)
    {
        await to.WriteAsync(Encoding.UTF8.GetBytes(json), cancellation);
        await to.WriteAsync(Line, cancellation);
        await to.FlushAsync(cancellation);
    }

    private static Task<string> TextOfAsync<T>(T value, CancellationToken cancellation)
        where T : IParsable => KiotaJsonSerializer.SerializeAsStringAsync(value, serializeOnlyChangedValues: false, cancellation);
}
