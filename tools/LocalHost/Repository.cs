namespace BulkSms.LocalHost;

/// <summary>Where this repository's files are, from wherever the program was built to.</summary>
public static class Repository
{
    private const string Mark = "BulkSms.Functions.sln";

    /// <exception cref="SetupException">The program neither stands nor runs within the repository.</exception>
    public static string Root => Above(AppContext.BaseDirectory, Environment.CurrentDirectory);

    public static string AzuriteFolder => Path.Combine(Root, "tools", "azurite");

    public static string HostJson => Path.Combine(Root, "host.json");

    /// <summary>The repository that one of these folders is in.</summary>
    /// <exception cref="SetupException">None is.</exception>
    public static string Above(params string[] folders) => folders.Select(Find).FirstOrDefault(root => root is not null)
        ?? throw new SetupException($"Run this from within the BulkSms repository: {Mark} was not found above {string.Join(" or ", folders)}.");

    private static string? Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, Mark)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
