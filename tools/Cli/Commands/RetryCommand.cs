using System.ComponentModel;
using System.Text;
using System.Text.Json;
using BulkSms.Cli.Output;
using BulkSms.Client;
using Spectre.Console;
using Spectre.Console.Cli;

namespace BulkSms.Cli.Commands;

internal sealed class RetrySettings : ApiSettings
{
    [CommandArgument(0, "[ID]")]
    [Description("The broadcast; else all that have the code")]
    public string? Id { get; init; }

    [CommandOption("--code <CODE>")]
    [Description("Only those with this code of Twilio's")]
    public int? Code { get; init; }

    [CommandOption("-y|--yes")]
    [Description("Does not ask. Without a terminal nothing is sent unless this is given")]
    public bool Yes { get; init; }

    public override ValidationResult Validate() => Id is not null || Code is not null ? base.Validate() : ValidationResult.Error("Give the id of a broadcast, or --code, or both.");
}

internal sealed class RetryCommand(CliContext context) : ApiCommand<RetrySettings>(context)
{
    protected override async Task<int> RunAsync(BulkSmsClient client, RetrySettings settings, CancellationToken cancellation)
    {
        var number = await client.Poison.ListAsync(settings.Id, settings.Code, cancellation: cancellation).CountAsync(each => each.ReplayedAt is null, cancellation);
        if (number == 0)
        {
            Terminal.Note("There is nothing to retry.");
        }
        else if (!await ConfirmAsync(settings.Yes, $"Retry {Plain.Many(number, "message")}?", "Nothing was sent.", cancellation))
        {
            return ExitCodes.NotConfirmed;
        }

        var replayed = 0;
        var skipped = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (number > 0)
        {
            await foreach (var part in client.Poison.ReplayAllAsync(settings.Id, settings.Code, cancellation))
            {
                replayed += part.Replayed ?? 0;
                foreach (var (reason, count) in part.SkippedByReason)
                {
                    skipped[reason] = skipped.GetValueOrDefault(reason) + count;
                }
            }
        }

        await ShowAsync(settings, replayed, skipped, cancellation);
        return ExitCodes.Done;
    }

    private async Task ShowAsync(RetrySettings settings, int replayed, SortedDictionary<string, long> skipped, CancellationToken cancellation)
    {
        if (settings.Json)
        {
            await JsonOutput.WriteAsync(Terminal.Raw, JsonOf(replayed, skipped), cancellation);
            return;
        }

        Terminal.Say($"{Plain.Many(replayed, "message")} put back to work.");
        foreach (var (reason, count) in skipped)
        {
            Terminal.Say($"{Terminal.Number(count)} left: {Plain.Line(reason)}");
        }
    }

    private static string JsonOf(int replayed, SortedDictionary<string, long> skipped)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("replayed", replayed);
            json.WriteStartObject("skipped");
            foreach (var (reason, count) in skipped)
            {
                json.WriteNumber(reason, count);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
