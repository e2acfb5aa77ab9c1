using System.Diagnostics;
using BulkSms.LocalHost;

namespace BulkSms.Tests.Api;

/// <summary>Redocly CLI finds no error in the API's document. It comes by npm: where that cannot be had, the test is skipped.</summary>
public sealed class LintTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tools", "openapi");

    [Fact]
    public async Task Document_Linted_HasNoError()
    {
        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")) && await RunAsync("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error") is not (0, _))
        {
            Assert.Skip("Redocly CLI could not be installed: npm ci in tools/openapi.");
        }

        var (code, output) = await RunAsync("node", Path.Combine("node_modules", "@redocly", "cli", "bin", "cli.js"), "lint", Path.Combine("..", "..", "BulkSms", "Api", "openapi.json"), "--config", "redocly.yaml");

        Assert.True(code == 0, output);
    }

    // -1 where there is no such program.
    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() && program == "npm" ? "npm.cmd" : program, arguments) { UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        try
        {
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await Task.WhenAll(output, errors, process.WaitForExitAsync());
            return (process.ExitCode, await output + await errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "");
        }
    }
}
