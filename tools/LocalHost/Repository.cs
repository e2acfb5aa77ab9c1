namespace BulkSms.LocalHost;

/// <summary>Where this repository's files are, from wherever the program was built to.</summary>
public static class Repository
{
    private const string Mark = "BulkSms.Functions.sln";

    /// <exception cref="SetupException">The program does not run from within the repository.</exception>
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Find(Environment.CurrentDirectory)
        ?? throw new SetupException($"Run this from within the BulkSms repository: {Mark} was not found above {AppContext.BaseDirectory}.");

    public static string AzuriteFolder => Path.Combine(Root, "tools", "azurite");

    public static string HostJson => Path.Combine(Root, "host.json");

    private static string? Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, Mark)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
