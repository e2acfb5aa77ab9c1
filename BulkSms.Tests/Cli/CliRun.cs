using System.Text;
using System.Text.Json;
using BulkSms.Cli;
using BulkSms.Client;
using BulkSms.Tests.Infrastructure;
using Microsoft.Identity.Client;
using Spectre.Console.Testing;

namespace BulkSms.Tests.Cli;

/// <summary>A person at a terminal, or a script, who runs the command <c>bulksms</c>. Everything is stored in a folder of its own.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bulksms-cli-");
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal) { ["BULKSMS_KEYRING"] = "off" };

    /// <param name="app">The app that <c>BULKSMS_URL</c> and <c>BULKSMS_KEY</c> name; null: none is named.</param>
    public CliRun(TestApp? app = null)
    {
        variables["BULKSMS_CONFIG"] = Path.Combine(folder.FullName, "config");
        if (app is not null)
        {
            (variables["BULKSMS_URL"], variables["BULKSMS_KEY"]) = (app.Url.ToString(), TestApp.Key);
        }
    }

    /// <summary>What is sent with; the answers are held to the API's document.</summary>
    public Func<HttpMessageHandler> Transport { get; set; } = () => new ContractHandler();

    public IMsalHttpClientFactory? Entra { get; init; }

    public string Config => variables["BULKSMS_CONFIG"];

    public string this[string variable]
    {
        set => variables[variable] = value;
    }

    /// <summary>A file in the folder.</summary>
    public string File(string name, string content)
    {
        var path = PathOf(name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    /// <summary>At a terminal, with what is typed in.</summary>
    public Task<Ran> TypeAsync(string[] typed, params string[] args) => RunAsync(typed, "", default, args);

    /// <summary>In a script.</summary>
    public Task<Ran> ScriptAsync(params string[] args) => RunAsync(null, "", default, args);

    /// <summary>In a script that pipes something in.</summary>
    public Task<Ran> PipeAsync(string input, params string[] args) => RunAsync(null, input, default, args);

    public async Task<Ran> RunAsync(string[]? typed, string input, CancellationToken stop, params string[] args)
    {
        using var output = new TestConsole().Width(200);
        using var notes = new TestConsole().Width(200);
        foreach (var line in typed ?? [])
        {
            notes.Input.PushTextWithEnter(line);
        }

        if (typed is not null)
        {
            notes.Interactive();
        }

        using var raw = new MemoryStream();
        using var piped = new MemoryStream(Encoding.UTF8.GetBytes(input));
        var context = new CliContext(new(output, notes, raw, piped, typed is not null))
        {
            Variable = variables.GetValueOrDefault,
            Calling = options => options with { Transport = Transport(), RetryDelay = TimeSpan.FromMilliseconds(1), PollEvery = TimeSpan.FromMilliseconds(20), Retries = 1 },
            Entra = Entra,
        };
        var code = await CommandLine.RunAsync(args, context, stop);
        return new(code, output.Output, notes.Output, Encoding.UTF8.GetString(raw.ToArray()));
    }

    public void Dispose() => folder.Delete(recursive: true);
}

/// <summary>What came of a command.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">Results for people.</param>
/// <param name="Notes">Questions, progress, errors.</param>
/// <param name="Raw">Results for scripts, and files.</param>
internal sealed record Ran(int Code, string Output, string Notes, string Raw)
{
    public JsonElement Json => JsonDocument.Parse(Raw).RootElement.Clone();

    public string All => $"{Code}\n{Output}\n{Notes}\n{Raw}";

    public Ran Ended(int code)
    {
        Assert.True(Code == code, All);
        return this;
    }
}
