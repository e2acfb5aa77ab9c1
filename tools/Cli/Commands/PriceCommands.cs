using System.ComponentModel;
using BulkSms.Cli.Output;
using BulkSms.Client;
using BulkSms.Client.Models;
using Spectre.Console;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class PriceImportSettings : ApiSettings
{
    [CommandOption("--countries <COUNTRIES>")]
    [Description("The countries, such as US,GB; else those that have a price")]
    public string? Countries { get; init; }
}

internal sealed class PriceShowCommand(CliContext context) : ApiCommand<ApiSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, ApiSettings settings, CancellationToken cancellation)
    {
        var prices = await client.Prices.GetAsync(cancellation);
        await ShowAsync(settings, prices, () => PriceTable.Show(Terminal, prices), cancellation);
        return ExitCodes.Done;
    }
}

internal sealed class PriceImportCommand(CliContext context) : ApiCommand<PriceImportSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, PriceImportSettings settings, CancellationToken cancellation)
    {
        var prices = await client.Prices.ImportAsync(settings.Countries?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), cancellation);
        await ShowAsync(settings, prices, () => PriceTable.Show(Terminal, prices), cancellation);
        return ExitCodes.Done;
    }
}

/// <summary>Prices as a table.</summary>
internal static class PriceTable
{
    public static void Show(Terminal terminal, PriceList prices)
    {
        var table = new Table().NoBorder().AddColumns("COUNTRY", "A SEGMENT", "SOURCE", "AT TWILIO");
        foreach (var price in prices.Prices ?? [])
        {
            table.AddRow(new Text(Plain.Line(price.Country)), new Text(Plain.Money(price.PricePerSegment)), new Text(Plain.Word(price.Source)), new Text(Listed(price.Imported)));
        }

        terminal.Output.Write(table);
        if (prices.NotListed is { Count: > 0 } missing)
        {
            terminal.Say($"Twilio lists no price for {Plain.Line(string.Join(", ", missing))}.");
        }
    }

    private static string Listed(ImportedPrice? imported) => imported switch
    {
        null => "",
        { Highest: var highest, Lowest: var lowest } when highest == lowest => $"{Plain.Money(highest)}, {Plain.Time(imported.At)}",
        _ => $"{Plain.Money(imported.Lowest)} to {Plain.Money(imported.Highest)}, {Plain.Time(imported.At)}",
    };
}
