using System.Globalization;

namespace BulkSms.Benchmarks.Report;

/// <summary>Measurements as a Markdown table.</summary>
internal static class MarkdownTable
{
    public const string Header = """
        | what | unit | units | units/s | p50 ms | p99 ms | server CPU ms/unit | of it in-memory storage | KiB allocated/unit | peak working set MiB | collections 0/1/2 | storage operations/unit |
        |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---|---|
        """;

    /// <summary>One line.</summary>
    public static string Line(Measurement measured) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {measured.Name} | {measured.Unit} | {measured.Count:N0} | {measured.PerSecond:N0} | {Show(measured.Percentile(0.5))} | {Show(measured.Percentile(0.99))} | {Each(measured, measured.Used.CpuMs):0.000} | {Each(measured, measured.Used.StorageMs):0.000} | {Each(measured, measured.Used.AllocatedBytes / 1024.0):0.0} | {Peak(measured)} | {string.Join('/', measured.Used.Collections)} | {Operations(measured)} |");

    private static double Each(Measurement measured, double value) => value / measured.Count;

    private static string Show(float? milliseconds) => milliseconds is { } value ? value.ToString("0.0", CultureInfo.InvariantCulture) : "–";

    private static string Peak(Measurement measured) => measured.Growth is { } growth
        ? string.Create(CultureInfo.InvariantCulture, $"{Mebibytes(measured.Used.PeakWorkingSet)} (+{Mebibytes(growth)})")
        : Mebibytes(measured.Used.PeakWorkingSet);

    private static string Mebibytes(long bytes) => (bytes / 1048576.0).ToString("0", CultureInfo.InvariantCulture);

    private static string Operations(Measurement measured)
    {
        var shown = measured.Used.Operations.Where(each => each.Value > 0).OrderBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key} {(double)each.Value / measured.Count:0.###}")).ToArray();
        return shown.Length == 0 ? "–" : string.Join(", ", shown);
    }
}
