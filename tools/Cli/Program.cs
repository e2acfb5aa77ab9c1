using BulkSms.Cli;

// Ctrl+C ends the command in an orderly way: it says what goes on without it.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return await CommandLine.RunAsync(args, CliContext.Real(), stop.Token);
