using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace BulkSms.Tests.Infra;

/// <summary>What a call of the compiler said.</summary>
/// <param name="ExitCode">0 when it compiled.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error: the linter's warnings, too.</param>
internal sealed record BicepResult(int ExitCode, string Output, string Errors);

/// <summary>The real Bicep compiler, from the NuGet package that the test project downloads. It needs no network.</summary>
internal static class BicepCompiler
{
    private static readonly string Package = Metadata("BicepPackage");
    private static readonly string Program = Metadata("BicepCompiler");

    /// <summary>Why it cannot run here; null where it can.</summary>
    public static string? Missing { get; } = Program.Length == 0
        ? $"infra/ is compiled on Linux x64 only, with the package {Package}; this is {RuntimeInformation.RuntimeIdentifier}."
        : null;

    public static async Task<BicepResult> RunAsync(string folder, params string[] arguments)
    {
        if (!File.Exists(Program))
        {
            throw new FileNotFoundException($"The package {Package} is not in the package folder: run dotnet restore BulkSms.Tests.", Program);
        }

        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Path.Combine(folder, ".net"); // else it unpacks into the home folder
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        start.Environment["TWILIO_MESSAGING_SERVICE_SID"] = "MG00000000000000000000000000000000";
        start.Environment["ALERT_EMAILS"] = "first@example.com,second@example.com";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await errors);
    }

    private static string Metadata(string key) =>
        typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value ?? "";
}
