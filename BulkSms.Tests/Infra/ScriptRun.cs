using System.Diagnostics;
using BulkSms.LocalHost;

namespace BulkSms.Tests.Infra;

/// <summary>A script of deploy/, run with programs that only say what they are asked.</summary>
public sealed class ScriptRun : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bulksms-az-").FullName;

    /// <summary>Environment variables of the script.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A file in a folder of its own.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>Puts a program before all others on the path.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="answers">The cases of a shell's <c>case "$*" in</c>.</param>
    public void Fake(string name, string answers)
    {
        var file = PathOf(name);
        File.WriteAllText(file, $"#!/usr/bin/env bash\necho \"{name} $*\" >>\"{PathOf("asked")}\"\ncase \"$*\" in\n{answers}\nesac\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>What the programs were asked, a line each.</summary>
    public string[] Asked() => File.Exists(PathOf("asked")) ? File.ReadAllLines(PathOf("asked")) : [];

    /// <summary>Runs a script without a terminal.</summary>
    /// <returns>Its exit code, and what it said on both outputs.</returns>
    public async Task<(int ExitCode, string Said)> RunAsync(string script, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A shell script.");
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "deploy", script), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await errors);
    }
}
