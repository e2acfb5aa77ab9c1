namespace BulkSms.Cases;

/// <summary>Runs files of cases.</summary>
/// <param name="withWaiting">Whether those run too that wait for work to come.</param>
public sealed class CaseSuite(bool withWaiting = false) : IAsyncDisposable
{
    private const string Pattern = "*.jsonl";
    private readonly IReadOnlyList<ICaseKind> kinds = CaseKinds.New();

    /// <summary>Runs every file of a folder that a kind reads, and prints a line for each case that differs.</summary>
    public async Task<CaseReport> RunFolderAsync(string folder, TextWriter output)
    {
        var reports = new List<CaseReport>();
        foreach (var kind in kinds.Where(kind => File.Exists(Path.Combine(folder, kind.File))))
        {
            reports.Add(await RunAsync(kind, folder, output));
        }

        var unread = Directory.EnumerateFiles(folder, Pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(name => kinds.All(kind => kind.File != name)).Order(StringComparer.Ordinal);
        return CaseReport.Sum(reports, [.. unread]);
    }

    /// <summary>Runs one file of a folder.</summary>
    public Task<CaseReport> RunFileAsync(string folder, string file, TextWriter output) => RunAsync(kinds.Single(kind => kind.File == file), folder, output);

    public async ValueTask DisposeAsync()
    {
        foreach (var kind in kinds)
        {
            await kind.DisposeAsync();
        }
    }

    private async Task<CaseReport> RunAsync(ICaseKind kind, string folder, TextWriter output)
    {
        var differences = new List<string>();
        var cases = Case.Read(folder, kind.File).ToLookup(given => given.IsWaiting && !withWaiting);
        foreach (var given in cases[false])
        {
            if (await kind.RunAsync(given) is { } difference)
            {
                differences.Add($"{given.File}:{given.Line}: {difference}{(given.Why.Length == 0 ? "" : $" ({given.Why})")}");
                await output.WriteLineAsync(differences[^1]);
            }
        }

        return new(cases[false].Count(), differences, cases[true].Count(), []);
    }
}
