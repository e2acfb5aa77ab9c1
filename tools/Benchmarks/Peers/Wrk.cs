using System.Diagnostics;
using System.Globalization;
using BulkSms.LocalHost;

namespace BulkSms.Benchmarks.Peers;

/// <summary>The load generator <c>wrk</c>, which the peer's script uses too: one thread, the same request over and over. It takes little of the two cores, and the same of them for both.</summary>
internal static class Wrk
{
    private const string Rate = "Requests/sec:";
    private const string Refused = "Non-2xx";

    /// <summary>Requests that are answered with success a second.</summary>
    /// <param name="request">The request: its address is absolute.</param>
    /// <param name="connections">How many at a time.</param>
    /// <param name="duration">How long, in whole seconds.</param>
    /// <exception cref="SetupException"><c>wrk</c> is not installed, or something was answered with an error.</exception>
    public static async Task<double> RunAsync(HttpRequestMessage request, int connections, TimeSpan duration)
    {
        var (body, script) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            await File.WriteAllBytesAsync(body, await request.Content!.ReadAsByteArrayAsync());
            await File.WriteAllTextAsync(script, Script(request, body));
            var start = new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{(int)duration.TotalSeconds}s", "-s", script, request.RequestUri!.ToString()])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            };
            using var wrk = Process.Start(start)!;
            var output = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            return output.Contains(Refused, StringComparison.Ordinal) ? throw new SetupException($"Not every request was answered with success:\n{output}") : RateOf(output);
        }
        finally
        {
            File.Delete(body);
            File.Delete(script);
        }
    }

    /// <summary>The rate that it, or a script that runs it, has printed.</summary>
    /// <exception cref="SetupException">None was printed.</exception>
    public static double RateOf(string output)
    {
        var line = output.Split('\n').FirstOrDefault(line => line.Contains(Rate, StringComparison.Ordinal));
        return line is not null && double.TryParse(line[(line.IndexOf(Rate, StringComparison.Ordinal) + Rate.Length)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate > 0
            ? rate
            : throw new SetupException($"wrk did not say how many requests a second there were. Are it, the peer's packages and Redis installed? This was printed:\n{output}");
    }

    private static string Script(HttpRequestMessage request, string body)
    {
        var headers = request.Headers.Concat(request.Content!.Headers).Select(header => $"wrk.headers[\"{header.Key}\"]=\"{string.Join(',', header.Value)}\"");
        return $"wrk.method=\"{request.Method}\"\n{string.Join('\n', headers)}\nlocal f=io.open(\"{body}\")\nwrk.body=f:read(\"*a\")\nf:close()\n";
    }
}
