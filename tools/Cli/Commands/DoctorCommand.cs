using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using BulkSms.Client.Models;
using Spectre.Console;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class DoctorSettings : ApiSettings
{
    [CommandOption("--countries <COUNTRIES>")]
    [Description("The countries that are to be texted, such as US,GB; else those of the senders")]
    public string? Countries { get; init; }

    [CommandOption("--profile <PROFILE>")]
    [Description("Whose account, Messaging Service and rate are looked at; else those of default")]
    public string? Profile { get; init; }
}

internal sealed class DoctorCommand(CliContext context) : ApiCommand<DoctorSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, DoctorSettings settings, CancellationToken cancellation)
    {
        var countries = settings.Countries?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var found = await client.Health.GetDoctorAsync(countries is { Length: > 0 } ? countries : null, settings.Profile, cancellation);
        await ShowAsync(settings, found, () => Show(found), cancellation);
        return found.Status == DoctorStatus.Failure ? ExitCodes.Failed : ExitCodes.Done;
    }

    private void Show(Doctor found)
    {
        var table = new Table().NoBorder().AddColumns("WHAT", "STATUS", "FOUND");
        foreach (var line in found.Lines ?? [])
        {
            table.AddRow(new Text(Plain.Word(line.Id)), new Text(Plain.Word(line.Status)), new Text(Plain.Line(line.Found)));
        }

        Terminal.Output.Write(table);
        foreach (var same in (found.Lines ?? []).Where(line => line.Status != DoctorStatus.Ok && line.Action is not null).GroupBy(line => line.Action))
        {
            Terminal.Say($"{string.Join(", ", same.Select(line => Plain.Word(line.Id)))}: {Plain.Line(same.Key)}{(same.Count() == 1 ? $" {Plain.Line(same.First().Why)}" : "")}");
        }
    }
}
