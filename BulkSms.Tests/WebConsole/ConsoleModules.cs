using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using BulkSms.LocalHost;

namespace BulkSms.Tests.WebConsole;

/// <summary>The console's modules that need no page, in one Node.js: what can be told without a browser is not asked of one.</summary>
public sealed class ConsoleModules : IAsyncLifetime
{
    private const string Script = """
        import { createInterface } from "node:readline";
        import { buildSync } from "esbuild";
        const contents = ["text/segments", "text/words", "text/advice", "text/duration", "text/problems", "list/results", "list/workbook"].map((module) => `export * from "./src/${module}";`).join("\n");
        const { outputFiles: [bundle] } = buildSync({ stdin: { contents, resolveDir: process.cwd() }, bundle: true, format: "esm", write: false });
        const modules = await import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString("base64")}`);
        for await (const line of createInterface({ input: process.stdin })) {
          const { call, input } = JSON.parse(line);
          console.log(JSON.stringify(await (0, eval)(call)(modules, input)));
        }
        """;

    private static readonly string Folder = Path.Combine(Repository.Root, "console");
    private Process? node;

    public ValueTask InitializeAsync()
    {
        try
        {
            node = !Directory.Exists(Path.Combine(Folder, "node_modules")) ? null : Process.Start(new ProcessStartInfo("node", ["--input-type=module", "--eval", Script])
            {
                WorkingDirectory = Folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            });
        }
        catch (Win32Exception)
        {
            // there is no Node.js
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Calls the modules. Where Node.js or the packages of console/ are missing, the test is skipped by name; under CI it fails.</summary>
    /// <param name="call">A function in JavaScript of the modules and the input, such as <c>({ countOf }, texts) => texts.map(countOf)</c>.</param>
    /// <param name="input">The input.</param>
    public async Task<T> CallAsync<T>(string call, object input)
    {
        Assert.SkipUnless(node is not null || Environment.GetEnvironmentVariable("CI") == "true", "Node.js, or the packages of console/, are missing.");
        await node!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { call, input }));
        await node.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var answer = await node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<T>(answer ?? throw new InvalidOperationException("Node.js has ended: see its error above."), JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
        {
            node.StandardInput.Close();
            await node.WaitForExitAsync();
            node.Dispose();
        }
    }
}
