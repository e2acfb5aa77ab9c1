using Microsoft.Kiota.Abstractions.Serialization;
using Spectre.Console;

namespace BulkSms.Cli.Output;

/// <summary>A list: a table for people, or JSON for scripts, entry by entry as they come.</summary>
internal static class ListOutput
{
    public static async Task WriteAsync<T>(Terminal terminal, IAsyncEnumerable<T> entries, bool asJson, string[] columns, Func<T, string[]> cells, CancellationToken cancellation)
        where T : IParsable
    {
        if (asJson)
        {
            await JsonOutput.WriteAsync(terminal.Raw, entries, cancellation);
            return;
        }

        var table = new Table().NoBorder().AddColumns(columns);
        await foreach (var entry in entries)
        {
            table.AddRow(cells(entry).Select(cell => new Text(cell)));
        }

        terminal.Output.Write(table);
    }
}
