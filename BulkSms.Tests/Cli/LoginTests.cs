using System.Diagnostics;
using System.Net;
using BulkSms.Cli;
using BulkSms.LocalHost;
using BulkSms.Tests.Infrastructure;
using Microsoft.Identity.Client;

namespace BulkSms.Tests.Cli;

/// <summary>Where the key comes from and where it stays.</summary>
public sealed class LoginTests(MemoryFixture memory)
{
    private string SecretsOf(CliRun cli) => Path.Combine(cli.Config, "secrets.json");

    [Fact]
    public async Task Login_ByAPrompt_IsStoredForItsOwnerAloneAndUsedUntilLogout()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun();
        (await cli.ScriptAsync("sending")).Ended(ExitCodes.NotSignedIn);

        var login = (await cli.TypeAsync([TestApp.Key], "login", app.Url.ToString())).Ended(ExitCodes.Done);
        (await cli.ScriptAsync("sending")).Ended(ExitCodes.Done);
        Assert.DoesNotContain(TestApp.Key, login.All, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SecretsOf(cli)));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(cli.Config));
        }

        (await cli.ScriptAsync("logout")).Ended(ExitCodes.Done);

        Assert.Empty(Directory.GetFiles(cli.Config));
        (await cli.ScriptAsync("sending")).Ended(ExitCodes.NotSignedIn);
    }

    [Fact]
    public async Task Login_FromStandardInput_ReplacesTheLoginBefore()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun();
        (await cli.PipeAsync(TestApp.Key + "\r\n", "login", app.Url.ToString())).Ended(ExitCodes.Done);
        var refused = (await cli.PipeAsync("wrong\n", "login", app.Url.ToString())).Ended(ExitCodes.NotSignedIn);
        (await cli.PipeAsync("", "login", app.Url.ToString())).Ended(ExitCodes.Usage);

        Assert.Contains("Nothing was stored.", refused.Notes, StringComparison.Ordinal);
        (await cli.ScriptAsync("sending")).Ended(ExitCodes.Done); // with the first key
    }

    [Fact]
    public async Task Secrets_ThatOthersMayRead_AreNotUsed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows protects the file itself.");
            return;
        }

        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun();
        (await cli.PipeAsync(TestApp.Key, "login", app.Url.ToString())).Ended(ExitCodes.Done);

        File.SetUnixFileMode(SecretsOf(cli), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Contains("chmod 600", (await cli.ScriptAsync("sending")).Ended(ExitCodes.NotSignedIn).Notes, StringComparison.Ordinal);
        (await cli.PipeAsync(TestApp.Key, "login", app.Url.ToString())).Ended(ExitCodes.Done);
        (await cli.ScriptAsync("sending")).Ended(ExitCodes.Done);
    }

    [Theory]
    [InlineData("http://example.com", "not encrypted")]
    [InlineData("example.com", "begins with https://")]
    [InlineData("ftp://example.com", "begins with https://")]
    public async Task Address_ThatWouldShowTheKey_IsRefused(string address, string why)
    {
        using var cli = new CliRun();

        Assert.Contains(why, (await cli.PipeAsync("key", "login", address)).Ended(ExitCodes.NotSignedIn).Notes, StringComparison.Ordinal);
        cli["BULKSMS_URL"] = address;
        cli["BULKSMS_KEY"] = "key";
        Assert.Contains(why, (await cli.ScriptAsync("sending")).Ended(ExitCodes.NotSignedIn).Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_WithAnotherAddress_NeverGetsTheStoredKey()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun();
        (await cli.PipeAsync(TestApp.Key, "login", app.Url.ToString())).Ended(ExitCodes.Done);

        cli["BULKSMS_URL"] = app.Url.ToString();

        (await cli.ScriptAsync("sending")).Ended(ExitCodes.NotSignedIn); // it is called without a key
    }

    [Fact]
    public async Task Key_ThatIsWrong_IsASentence()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app) { ["BULKSMS_KEY"] = "wrong" };

        var ran = (await cli.ScriptAsync("list", "--json")).Ended(ExitCodes.NotSignedIn);

        Assert.Contains("A valid function key is required.", ran.Notes, StringComparison.Ordinal);
        Assert.Equal(401, ran.Json.GetProperty("status").GetInt32());
        Assert.DoesNotContain("wrong", ran.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_ThatDoesNotAnswer_IsASentence()
    {
        using var cli = new CliRun { ["BULKSMS_URL"] = "http://127.0.0.1:9", ["BULKSMS_KEY"] = "key" };

        Assert.Contains("gave no answer", (await cli.ScriptAsync("list")).Ended(ExitCodes.TryLater).Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_ToEntra_ShowsACodeAndLastsUntilTheSignInEnds()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);
        var entra = new EntraStub(() => issuer.Token("Broadcast.Read"));
        using var cli = new CliRun { Entra = entra };
        string[] login = ["login", app.Url.ToString(), "--entra", "--client-id", "11111111-2222-3333-4444-555555555555", "--tenant", "99999999-2222-3333-4444-555555555555", "--scope", "api://bulksms/.default"];

        var ran = (await cli.PipeAsync(TestApp.Key, login)).Ended(ExitCodes.Done);
        (await cli.ScriptAsync("sending")).Ended(ExitCodes.Done);
        var forbidden = (await cli.ScriptAsync("sending", "suspend")).Ended(ExitCodes.NotSignedIn);
        entra.HasEnded = true;
        var ended = (await cli.ScriptAsync("sending")).Ended(ExitCodes.NotSignedIn);

        Assert.Contains("enter the code ABCD", ran.Notes, StringComparison.Ordinal);
        Assert.Contains("role", forbidden.Notes, StringComparison.Ordinal);
        Assert.Contains("Run bulksms login", ended.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_OfTheTool_AnswersByItsExitCode()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun();
        var tool = Path.Combine(Repository.Root, "tools", "Cli", Path.GetRelativePath(Path.Combine(Repository.Root, "BulkSms.Tests"), AppContext.BaseDirectory), "BulkSms.Cli.dll"); // with its own libraries

        Assert.Equal(ExitCodes.Done, await RunAsync("login", app.Url.ToString()));
        Assert.Equal(ExitCodes.Done, await RunAsync("sending"));
        Assert.Equal(ExitCodes.NotConfirmed, await RunAsync("sending", "resume"));
        Assert.Equal(ExitCodes.Usage, await RunAsync("nonsense"));

        async Task<int> RunAsync(params string[] args)
        {
            var start = new ProcessStartInfo("dotnet", [tool, .. args]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            (start.Environment["BULKSMS_CONFIG"], start.Environment["BULKSMS_KEYRING"]) = (cli.Config, "off");
            start.Environment.Remove("BULKSMS_URL");
            using var process = Process.Start(start)!;
            await process.StandardInput.WriteLineAsync(TestApp.Key);
            process.StandardInput.Close();
            var said = process.StandardOutput.ReadToEndAsync();
            await process.StandardError.ReadToEndAsync();
            await said;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }

    /// <summary>Entra ID, as far as the command asks it.</summary>
    private sealed class EntraStub(Func<string> token) : HttpMessageHandler, IMsalHttpClientFactory
    {
        /// <summary>The person's sign-in is over: no token is given any more.</summary>
        public bool HasEnded { get; set; }

        public HttpClient GetHttpClient() => new(this, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            await Task.CompletedTask;
            return path.EndsWith("/devicecode", StringComparison.Ordinal) ? Json("""{"user_code": "ABCD", "device_code": "D", "verification_uri": "https://entra.invalid/device", "expires_in": 900, "interval": 1, "message": "Open https://entra.invalid/device and enter the code ABCD"}""")
                : path.EndsWith("/token", StringComparison.Ordinal) && HasEnded ? Json("""{"error": "invalid_grant", "error_description": "AADSTS70043: The refresh token has expired.", "error_codes": [70043]}""", HttpStatusCode.BadRequest)
                : path.EndsWith("/token", StringComparison.Ordinal) ? Json($$"""{"token_type": "Bearer", "scope": "api://bulksms/.default", "expires_in": 1, "ext_expires_in": 1, "access_token": "{{token()}}", "refresh_token": "R", "id_token": "{{IdToken}}", "client_info": "{{ClientInfo}}"}""")
                : Json("{}", HttpStatusCode.NotFound);
        }

        private static string ClientInfo => Encode("""{"uid": "ada", "utid": "99999999-2222-3333-4444-555555555555"}""");

        private static string IdToken => $"{Encode("""{"alg": "none", "typ": "JWT"}""")}.{Encode("""{"iss": "https://login.microsoftonline.com/t/v2.0", "sub": "ada", "oid": "ada", "tid": "99999999-2222-3333-4444-555555555555", "preferred_username": "ada@example.com", "ver": "2.0"}""")}.";

        private static string Encode(string text) => Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(text);

        private static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
            new(status) { Content = new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
    }
}
