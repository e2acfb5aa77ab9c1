using BulkSms.Common;
using BulkSms.LocalHost;
using BulkSms.LocalHost.Demo;
using Microsoft.Extensions.Options;

// dotnet run --project tools/LocalHost [-- --help]
try
{
    var arguments = Arguments.Parse(args);
    if (arguments.Help)
    {
        Console.WriteLine(Arguments.Usage);
        return 0;
    }

    if (arguments.Version)
    {
        Console.WriteLine(BuildVersion.Current);
        return 0;
    }

    return arguments.Demo ? await DemoRun.RunAsync(arguments.Storage) : await ServeRun.RunAsync(arguments);
}
catch (Exception e) when (e is SetupException or OptionsValidationException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, e.InnerExceptions.Select(inner => inner.Message)));
    return 1;
}
