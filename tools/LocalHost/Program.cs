using BulkSms.LocalHost;
using BulkSms.LocalHost.Demo;
using Microsoft.Extensions.Options;

// dotnet run --project tools/LocalHost [-- [demo] [--port N]]
try
{
    var arguments = Arguments.Parse(args);
    return arguments.Demo ? await DemoRun.RunAsync() : await ServeRun.RunAsync(arguments.Port);
}
catch (Exception e) when (e is SetupException or OptionsValidationException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
