using BulkSms.Cases;

// dotnet run --project tools/Cases -- FOLDER [--waiting]
// Ends with 0 only when cases were run and none of them differs. --waiting runs those too that wait for work to come.
var folder = args.FirstOrDefault(arg => !arg.StartsWith('-'));
if (folder is null || !Directory.Exists(folder))
{
    Console.Error.WriteLine(folder is null ? "Name the folder of the cases: dotnet run --project tools/Cases -- FOLDER" : $"There is no folder {folder}.");
    return 2;
}

await using var suite = new CaseSuite(args.Contains("--waiting", StringComparer.Ordinal));
var report = await suite.RunFolderAsync(folder, Console.Out);
Console.WriteLine(report);
return report.IsClean ? 0 : 1;
