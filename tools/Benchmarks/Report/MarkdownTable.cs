using System.Globalization;
using BulkSms.Benchmarks.Server;

namespace BulkSms.Benchmarks.Report;

/// <summary>Measurements as a Markdown table.</summary>
internal static class MarkdownTable
{
    public const string Header = """
        | what | unit | units | units/s | p50 ms | p99 ms | server CPU ms/unit | of it in-memory storage, at most | KiB allocated/unit | peak working set MiB | collections 0/1/2 | storage operations/unit |
        |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---|---|
        """;

    /// <summary>One line.</summary>
    public static string Line(Measurement measured) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {measured.Name} | {measured.Unit} | {measured.Count:N0} | {measured.PerSecond:N0} | {Show(measured.Percentile(0.5))} | {Show(measured.Percentile(0.99))} | {(measured.Used is { } used ? Used(measured, used) : "– | – | – | – | – | –")} |");

    private static string Used(Measurement measured, Usage used) => string.Create(
        CultureInfo.InvariantCulture,
        $"{used.CpuMs / measured.Count:0.0000} | {used.StorageMs / measured.Count:0.0000} | {used.AllocatedBytes / 1024.0 / measured.Count:0.0} | {Peak(measured, used)} | {string.Join('/', used.Collections)} | {Operations(measured, used)}");

    private static string Show(float? milliseconds) => milliseconds is { } value ? value.ToString("0.0", CultureInfo.InvariantCulture) : "–";

    private static string Peak(Measurement measured, Usage used) => measured.Growth is { } growth
        ? string.Create(CultureInfo.InvariantCulture, $"{Mebibytes(used.PeakWorkingSet)} (+{Mebibytes(growth)})")
        : Mebibytes(used.PeakWorkingSet);

    private static string Mebibytes(long bytes) => (bytes / 1048576.0).ToString("0", CultureInfo.InvariantCulture);

    private static string Operations(Measurement measured, Usage used)
    {
        var shown = used.Operations.Where(each => each.Value > 0).OrderBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key} {(double)each.Value / measured.Count:0.###}")).ToArray();
        return shown.Length == 0 ? "–" : string.Join(", ", shown);
    }
}
