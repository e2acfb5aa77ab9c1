using System.Diagnostics;
using BulkSms.LocalHost;
using BulkSms.OptOuts;
using BulkSms.Security;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>deploy/smoke.sh, as it is run after a deployment.</summary>
public sealed class SmokeTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Smoke_OfAnAppThatIsWell_FindsNothing()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount());

        var (code, said) = await RunAsync(app, TestApp.Key);

        Assert.True(code == 0, said);
        Assert.Equal(9, said.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
        Assert.Contains($": {OptOutWebhook.UrlAt(app.Url)}\n", said, StringComparison.Ordinal);
        Assert.Contains($"        failure inboundWebhook: None is set. Set it to {OptOutWebhook.UrlAt(app.Url)}.\n", said, StringComparison.Ordinal);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Smoke_WithAWrongKey_SaysWhatIsRefused()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        var (code, said) = await RunAsync(app, "wrong");

        Assert.Equal(1, code);
        Assert.Contains("FAILED  with the key broadcasts are listed: 401 instead of 200", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smoke_WhileSendingIsSuspended_SaysSo()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        using var suspend = await app.Http.PostAsync("/api/v1/sending/suspend", null);

        var (code, said) = await RunAsync(app, TestApp.Key);

        Assert.Equal(1, code);
        Assert.Contains("\"suspended\"", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smoke_WithAToken_IsLetIn()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), issuer.Settings, pumping: false);

        var (code, said) = await RunAsync(app, TestApp.Key, issuer.Token(CallerRoles.Read, CallerRoles.Send));

        Assert.True(code == 0, said);
        Assert.Contains("not tried: the doctor", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smoke_WithANumber_SendsToItAndSaysWhoHandedItOver()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount());

        var (code, said) = await RunAsync(app, TestApp.Key, number: "+15551230001");

        Assert.True(code == 0, said);
        Assert.Contains("ok      the app that sends has handed it to Twilio", said, StringComparison.Ordinal);
        Assert.Equal("+15551230001", Assert.Single(app.Twilio.Messages.All).To);
    }

    [Fact]
    public async Task Smoke_WhileTheSenderDoesNotRun_SaysSo()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        var (code, said) = await RunAsync(app, TestApp.Key, number: "+15551230001", patience: "2");

        Assert.Equal(1, code);
        Assert.Contains("FAILED  the app that sends has not handed it to Twilio", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> RunAsync(TestApp app, string key, string token = "", string? number = null, string patience = "60")
    {
        var script = Path.Combine(Path.GetDirectoryName(Repository.HostJson)!, "deploy", "smoke.sh");
        var start = new ProcessStartInfo("bash", number is null ? [script, app.Url.ToString(), key] : [script, app.Url.ToString(), key, number]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TOKEN"] = token;
        start.Environment["SMOKE_PATIENCE"] = patience;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await errors);
    }
}
