using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using BulkSms.Client.Models;
using Spectre.Console;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class OptOutAddSettings : ApiSettings
{
    [CommandArgument(0, "<NUMBER>")]
    [Description("The phones")]
    public required string[] Numbers { get; init; }

    [CommandOption("--region <REGION>")]
    [Description("The country of numbers without +, such as DE")]
    public string? Region { get; init; }
}

internal class OptOutPhoneSettings : ApiSettings
{
    [CommandArgument(0, "<NUMBER>")]
    [Description("The phone")]
    public required string Number { get; init; }

    [CommandOption("--region <REGION>")]
    [Description("The country of a number without +, such as DE")]
    public string? Region { get; init; }
}

internal sealed class OptOutRemoveSettings : OptOutPhoneSettings
{
    [CommandOption("-y|--yes")]
    [Description("Does not ask")]
    public bool Yes { get; init; }
}

internal sealed class OptOutExportSettings : ApiSettings
{
    [CommandOption("-o|--output <FILE>")]
    [Description("Where it is written; else standard output")]
    public string? Output { get; init; }

    [CommandOption("--force")]
    [Description("Writes over a file that exists")]
    public bool Force { get; init; }
}

internal sealed class OptOutAddCommand(CliContext context) : ApiCommand<OptOutAddSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, OptOutAddSettings settings, CancellationToken cancellation)
    {
        var added = await client.OptOuts.AddAsync(settings.Numbers, settings.Region, cancellation);
        await ShowAsync(settings, added, () => OptOuts.Show(Terminal, added), cancellation);
        return ExitCodes.Done;
    }
}

internal sealed class OptOutImportCommand(CliContext context) : ApiCommand<FileSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, FileSettings settings, CancellationToken cancellation)
    {
        var list = await ListFile.OpenAsync(settings.File, Terminal, cancellation);
        var file = new OptOutFile(list.File) { DefaultRegion = settings.Region, NumberColumn = settings.NumberColumn, Sheet = settings.Sheet, SkipHiddenRows = settings.SkipHiddenRows };
        var added = await client.OptOuts.ImportAsync(file, cancellation);
        await ShowAsync(settings, added, () => OptOuts.Show(Terminal, added), cancellation);
        return ExitCodes.Done;
    }
}

internal sealed class OptOutRemoveCommand(CliContext context) : ApiCommand<OptOutRemoveSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, OptOutRemoveSettings settings, CancellationToken cancellation)
    {
        if (!await ConfirmAsync(settings.Yes, $"Text {Plain.Line(settings.Number)} again from now on?", "Nothing was changed.", cancellation))
        {
            return ExitCodes.NotConfirmed;
        }

        await client.OptOuts.RemoveAsync(settings.Number, settings.Region, cancellation);
        if (settings.Json)
        {
            await JsonOutput.WriteAsync(Terminal.Raw, "{}", cancellation);
        }
        else
        {
            Terminal.Say("The phone may be texted.");
        }

        return ExitCodes.Done;
    }
}

internal sealed class OptOutFindCommand(CliContext context) : ApiCommand<OptOutPhoneSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, OptOutPhoneSettings settings, CancellationToken cancellation)
    {
        if (await client.OptOuts.FindAsync(settings.Number, settings.Region, cancellation) is { } found)
        {
            await ShowAsync(settings, found, () => Terminal.Say($"Opted out since {Plain.Time(found.Since)}: {Plain.Word(found.Source)}"), cancellation);
        }
        else if (settings.Json)
        {
            await JsonOutput.WriteAsync(Terminal.Raw, "null", cancellation);
        }
        else
        {
            Terminal.Say("The phone may be texted.");
        }

        return ExitCodes.Done;
    }
}

internal sealed class OptOutListCommand(CliContext context) : ApiCommand<ApiSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, ApiSettings settings, CancellationToken cancellation)
    {
        var optOuts = client.OptOuts.ListAsync(cancellation: cancellation);
        await ListOutput.WriteAsync(Terminal, optOuts, settings.Json, ["PHONE", "SINCE", "SOURCE"], each =>
        [
            Plain.Line(each.Phone),
            Plain.Time(each.Since),
            Plain.Word(each.Source),
        ], cancellation);
        return ExitCodes.Done;
    }
}

internal sealed class OptOutExportCommand(CliContext context) : ApiCommand<OptOutExportSettings>(context)
{
    protected override Task<int> RunAsync(BulkSmsClient client, OptOutExportSettings settings, CancellationToken cancellation) =>
        Download.ToAsync(Terminal, settings.Output, settings.Force, to => client.OptOuts.ExportAsync(to, cancellation));
}

internal static class OptOuts
{
    public static void Show(Terminal terminal, OptOutsAdded added)
    {
        terminal.Say($"{Plain.Many(added.Added ?? 0, "phone")} added, {Terminal.Number(added.Known)} known, {Plain.Many(added.MessagesStopped ?? 0, "message")} stopped.");
        foreach (var warning in added.Warnings ?? [])
        {
            terminal.Note($"Mind {Plain.Line(warning.Place)}: {Plain.Line(warning.Text)}");
        }
    }
}
