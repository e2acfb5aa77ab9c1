using System.Globalization;
using BulkSms.Cli.Output;
using BulkSms.Client;
using Spectre.Console;

namespace BulkSms.Cli.Commands;

internal sealed class ProfilesCommand(CliContext context) : ApiCommand<ApiSettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, ApiSettings settings, CancellationToken cancellation)
    {
        var profiles = await client.Profiles.ListAsync(cancellation);
        await ShowAsync(settings, profiles, () =>
        {
            var table = new Table().NoBorder().AddColumns("PROFILE", "SEGMENTS A SECOND");
            foreach (var profile in profiles.Profiles ?? [])
            {
                table.AddRow(new Text(Plain.Line(profile.ProfileProp)), new Text((profile.SegmentsPerSecond ?? 0).ToString("0.##", CultureInfo.InvariantCulture)));
            }

            Terminal.Output.Write(table);
        }, cancellation);
        return ExitCodes.Done;
    }
}
