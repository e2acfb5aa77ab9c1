using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BulkSms.Backup;
using BulkSms.SendingControl;
using BulkSms.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// dotnet run --project tools/Backup -- export|import FOLDER
// AzureWebJobsStorage names the account: a connection string, or AzureWebJobsStorage__accountName and who is logged in (az login).
if (args is not [("export" or "import") and var command, { Length: > 0 } folder])
{
    await Console.Error.WriteLineAsync("Usage: dotnet run --project tools/Backup -- export|import FOLDER, with AzureWebJobsStorage or AzureWebJobsStorage__accountName in the environment");
    return 2;
}

try
{
    var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
    await using var services = new ServiceCollection().AddLogging(logging => logging.ClearProviders()).AddSingleton(TimeProvider.System).AddStorage(configuration).BuildServiceProvider();
    var (tables, blobs) = (services.GetRequiredService<TableServiceClient>(), services.GetRequiredService<BlobServiceClient>());
    if (command == "export")
    {
        var manifest = await new Export(tables, blobs, TimeProvider.System).RunAsync(folder);
        Console.WriteLine($"{manifest.Rows.Values.Sum()} rows and {manifest.Blobs} lists of recipients, as of {manifest.Since}, are in {folder}.");
    }
    else
    {
        var manifest = await new Import(tables, blobs, new ControlTable(new(tables), TimeProvider.System)).RunAsync(folder);
        Console.WriteLine($"{manifest.Rows.Values.Sum()} rows and {manifest.Blobs} lists of recipients are restored, and sending is suspended.");
        Console.WriteLine($"Resume it with reconcileSince={manifest.Since} (docs/operations.md), so that nothing is sent again that was sent since.");
    }

    return 0;
}
catch (Exception e) when (e is BackupException or InvalidOperationException or Azure.RequestFailedException)
{
    await Console.Error.WriteLineAsync(e.Message.Split('\n')[0]);
    return 1;
}
