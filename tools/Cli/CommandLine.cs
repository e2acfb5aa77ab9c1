using System.Text.RegularExpressions;
using BulkSms.Cli.Account;
using BulkSms.Cli.Commands;
using Spectre.Console.Cli;

namespace BulkSms.Cli;

/// <summary>The commands, and what becomes of what goes wrong.</summary>
internal static partial class CommandLine
{
    /// <summary>What <c>-</c> becomes, which the library takes for an option without a name.</summary>
    public const string StandardStream = "standard-stream:";

    public static Task<int> RunAsync(IEnumerable<string> args, CliContext context, CancellationToken cancellation)
    {
        var app = new CommandApp();
        app.Configure(config =>
        {
            config.Settings.Registrar.RegisterInstance(context);
            config.SetApplicationName("bulksms");
            config.UseAssemblyInformationalVersion();
            config.UseStrictParsing();
            config.CancellationExitCode(ExitCodes.Interrupted);
            config.ConfigureConsole(context.Terminal.Notes);
            config.SetExceptionHandler((error, _) => ShowError(error, context.Terminal));
            AddBroadcasts(config);
            AddOptOuts(config);
            AddSending(config);
            AddPrices(config);
            config.AddCommand<ProfilesCommand>("profiles").WithDescription("Lists the profiles that you may use: named ways to send");
            config.AddCommand<DoctorCommand>("doctor").WithDescription("Checks how Twilio and the app are set, line by line").WithExample("doctor", "--countries", "US,GB");
            config.AddCommand<LoginCommand>("login").WithDescription("Stores the address and the function key, and signs in to Entra ID if you like").WithExample("login", "https://example.azurewebsites.net");
            config.AddCommand<LogoutCommand>("logout").WithDescription("Forgets them");
        });
        return app.RunAsync(args.Select(each => each == "-" ? StandardStream : each), cancellation);
    }

    private static void AddBroadcasts(IConfigurator config)
    {
        config.AddCommand<SendCommand>("send").WithDescription("Sends a text to the people of a file, after you have seen what it is and what it costs")
            .WithExample("send", "list.csv", "--message", "\"The clinic is closed today.\"")
            .WithExample("send", "list.xlsx", "--message", "\"Hello {{name}}\"", "--test", "+12015550199");
        config.AddCommand<StatusCommand>("status").WithDescription("Shows a broadcast").WithExample("status", "ID", "--wait");
        config.AddCommand<ListCommand>("list").WithDescription("Lists broadcasts, newest first").WithExample("list", "--status", "waiting");
        config.AddCommand<ResultsCommand>("results").WithDescription("Downloads what became of each recipient as CSV").WithExample("results", "ID", "-o", "results.csv");
        config.AddCommand<FailedCommand>("failed").WithDescription("Lists messages that failed for good").WithExample("failed", "ID");
        config.AddCommand<RetryCommand>("retry").WithDescription("Puts failed recipients back to work").WithExample("retry", "ID", "--code", "30005");
        config.AddCommand<PauseCommand>("pause").WithDescription("Pauses a broadcast");
        config.AddCommand<ResumeCommand>("resume").WithDescription("Lets a paused broadcast go on");
        config.AddCommand<CancelCommand>("cancel").WithDescription("Cancels a broadcast for good");
        config.AddCommand<ApproveCommand>("approve").WithDescription("Approves a broadcast of another caller: it is sent");
        config.AddCommand<RejectCommand>("reject").WithDescription("Rejects a broadcast of another caller for good");
        config.AddCommand<RepliesCommand>("replies").WithDescription("Lists what people text back, newest first");
        config.AddCommand<AuditCommand>("audit").WithDescription("Lists who did what, newest first").WithExample("audit", "ID");
    }

    private static void AddOptOuts(IConfigurator config) => config.AddBranch("optout", optOut =>
    {
        optOut.SetDescription("People who are not texted");
        optOut.AddCommand<OptOutAddCommand>("add").WithDescription("Adds phones").WithExample("optout", "add", "+12015550123");
        optOut.AddCommand<OptOutRemoveCommand>("remove").WithDescription("Takes a phone off the list");
        optOut.AddCommand<OptOutListCommand>("list").WithDescription("Lists the phones");
        optOut.AddCommand<OptOutFindCommand>("find").WithDescription("Says whether a phone is on the list");
        optOut.AddCommand<OptOutImportCommand>("import").WithDescription("Adds the phones of a file");
        optOut.AddCommand<OptOutExportCommand>("export").WithDescription("Downloads the list as CSV");
    });

    private static void AddSending(IConfigurator config) => config.AddBranch("sending", sending =>
    {
        sending.SetDescription("Sending, all of it or a profile's: shows it, suspends it, lets it go on");
        sending.SetDefaultCommand<SendingShowCommand>();
        sending.AddCommand<SendingShowCommand>("show").WithDescription("Shows whether sending runs");
        sending.AddCommand<SendingSuspendCommand>("suspend").WithDescription("Stops all sending");
        sending.AddCommand<SendingResumeCommand>("resume").WithDescription("Lets sending go on");
    });

    private static void AddPrices(IConfigurator config) => config.AddBranch("prices", prices =>
    {
        prices.SetDescription("The prices that estimates go by");
        prices.SetDefaultCommand<PriceShowCommand>();
        prices.AddCommand<PriceShowCommand>("show").WithDescription("Shows the price of each country");
        prices.AddCommand<PriceImportCommand>("import").WithDescription("Imports what Twilio lists for your account").WithExample("prices", "import", "--countries", "US,GB");
    });

    private static int ShowError(Exception error, Terminal terminal)
    {
        switch (error)
        {
            case CommandAppException usage:
                terminal.Note(Failed().Match(usage.Message) is { Success: true } failed ? $"\"{Output.Plain.Line(failed.Groups["value"].Value)}\" is no number." : usage.Message);
                terminal.Note("bulksms --help lists the commands, and bulksms COMMAND --help the options of one.");
                return ExitCodes.Usage;
            case OperationCanceledException:
                return ExitCodes.Interrupted;
            case SignedOutException signedOut:
                terminal.Note(signedOut.Message);
                return ExitCodes.NotSignedIn;
            case IOException or UnauthorizedAccessException:
                terminal.Note(error.Message);
                return ExitCodes.Usage;
            default:
                terminal.Note($"This is a bug: {error}");
                return ExitCodes.Failed;
        }
    }

    // The library names the type of .NET; only numbers are converted here.
    [GeneratedRegex("^Failed to convert '(?<value>.*)' to ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Failed();
}
