using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using BulkSms.Benchmarks.Load;
using BulkSms.LocalHost;

namespace BulkSms.Benchmarks.Peers;

/// <summary>The load generator <c>wrk</c>, which the peer's script uses too: it takes little of the two cores, and the same of them for both.</summary>
internal static class Wrk
{
    private const string Rate = "Requests/sec:";
    private const string Refused = "Non-2xx";

    /// <summary>Posts broadcasts, each to other people than the one before.</summary>
    /// <param name="http">To whom, with what its requests carry.</param>
    /// <param name="recipients">Of each broadcast.</param>
    /// <param name="connections">How many at a time.</param>
    /// <param name="duration">How long, in whole seconds.</param>
    /// <returns>Requests that are answered with success a second.</returns>
    /// <exception cref="SetupException"><c>wrk</c> is not installed, or something was answered with an error.</exception>
    public static async Task<double> RunAsync(HttpClient http, int recipients, int connections, TimeSpan duration)
    {
        var script = Path.GetTempFileName();
        try
        {
            using var like = Bodies.Json(0, 0);
            await File.WriteAllTextAsync(script, Script(await like.Content!.ReadAsStringAsync(), http.DefaultRequestHeaders.Concat(like.Content.Headers), recipients));
            var start = new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{(int)duration.TotalSeconds}s", "-s", script, new Uri(http.BaseAddress!, like.RequestUri!).ToString()])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            };
            using var wrk = Process.Start(start)!;
            var output = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            return output.Contains(Refused, StringComparison.Ordinal) ? throw new SetupException($"Not every request was answered with success:\n{output}") : RateOf(output);
        }
        catch (Win32Exception e)
        {
            throw new SetupException("wrk is not installed.", e);
        }
        finally
        {
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

    // The numbers of Bodies, in wrk's own language. A body is made up to its list, which comes last.
    private static string Script(string body, IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers, int recipients) =>
        $$"""
        wrk.method = "POST"
        {{string.Join('\n', headers.Where(header => header.Key != "Content-Length").Select(header => $"wrk.headers[\"{header.Key}\"] = \"{string.Join(',', header.Value)}\""))}}
        local next = 0
        request = function()
          local numbers = {}
          for i = 1, {{recipients}} do
            numbers[i] = string.format('"+1555%07d"', next % 10000000)
            next = next + 1
          end
          return wrk.format(nil, nil, nil, '{{body[..body.LastIndexOf(']')]}}' .. table.concat(numbers, ",") .. "]}")
        end
        """;
}
