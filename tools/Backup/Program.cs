using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BulkSms.Backup;
using BulkSms.SendingControl;
using BulkSms.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// dotnet run --project tools/Backup -- export FOLDER|CONTAINER, import FOLDER|CONTAINER/NAME; CONTAINER: https://ACCOUNT.blob.core.windows.net/exports
// AzureWebJobsStorage names the account: a connection string, or AzureWebJobsStorage__accountName and who is logged in (az login).
if (args is not [("export" or "import") and var command, { Length: > 0 } where])
{
    await Console.Error.WriteLineAsync("Usage: dotnet run --project tools/Backup -- export FOLDER|CONTAINER, or import FOLDER|CONTAINER/NAME, with AzureWebJobsStorage or AzureWebJobsStorage__accountName in the environment. CONTAINER: https://ACCOUNT.blob.core.windows.net/exports");
    return 2;
}

try
{
    var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
    await using var services = new ServiceCollection().AddLogging(logging => logging.ClearProviders()).AddSingleton(TimeProvider.System).AddStorage(configuration).BuildServiceProvider();
    var (tables, blobs) = (services.GetRequiredService<TableServiceClient>(), services.GetRequiredService<BlobServiceClient>());
    if (command == "export")
    {
        using var place = Place.ToWrite(where, TimeProvider.System);
        var manifest = await new Export(tables, blobs, TimeProvider.System).RunAsync(place.Folder);
        await place.KeepAsync();
        Console.WriteLine($"{manifest.Rows.Values.Sum()} rows and {manifest.Blobs} lists of recipients, as of {manifest.Since}, are in {where}, called {place.Name}.");
    }
    else
    {
        using var place = await Place.ToReadAsync(where);
        var manifest = await new Import(tables, blobs, new ControlTable(new(tables), TimeProvider.System)).RunAsync(place.Folder);
        Console.WriteLine($"{manifest.Rows.Values.Sum()} rows and {manifest.Blobs} lists of recipients are restored, and sending is suspended.");
        Console.WriteLine($"Resume it with reconcileSince={manifest.Since} (docs/operations.md), so that nothing is sent again that was sent since.");
    }

    return 0;
}
catch (Exception e) when (e is BackupException or InvalidOperationException or Azure.RequestFailedException or Azure.Identity.AuthenticationFailedException or IOException or UriFormatException)
{
    await Console.Error.WriteLineAsync(e.Message.Split('\n')[0]);
    return 1;
}
