using System.Net;
using BulkSms.Client;
using BulkSms.Client.Models;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Client;

/// <summary>What the app refuses is one kind of exception; what is an answer is none.</summary>
public sealed class ProblemTests(MemoryFixture memory)
{
    private const string Wrong = "555-0123";

    [Fact]
    public async Task Request_WithErrors_TellsEachAtItsPlace()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var client = Clients.Of(app);

        var asJson = await Assert.ThrowsAsync<BulkSmsException>(() => client.Broadcasts.CreateAsync(new() { Message = " ", Recipients = ["+15551230001", Wrong] }));
        var asFile = await Assert.ThrowsAsync<BulkSmsException>(() => client.Broadcasts.PreviewAsync(new() { Message = "Hello", File = RecipientFile.FromBytes("phone\n555-0123\n"u8.ToArray(), "list.csv") }));

        Assert.Equal(("invalid-request", 400, 2), (asJson.Problem.Kind, asJson.Problem.Status, asJson.Problem.ErrorCount));
        Assert.Equal(["$.message", "$.recipients[1].to"], asJson.Problem.Errors.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("line 2", Assert.Single(asFile.Problem.Errors).Key, StringComparison.Ordinal);
        Assert.Contains(asJson.Problem.RequestId!, asJson.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, asJson.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithAWrongKey_IsRefused()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var client = new BulkSmsClient(new BulkSmsClientOptions { Address = app.Url, Key = "wrong", Transport = new ContractHandler() });

        var error = await Assert.ThrowsAsync<BulkSmsException>(() => client.Sending.GetAsync());

        Assert.Equal(("unauthorized", 401), (error.Problem.Kind, error.Problem.Status));
    }

    [Fact]
    public async Task Token_IsAskedForAnewForEachCall()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);
        var asked = 0;
        using var client = new BulkSmsClient(new BulkSmsClientOptions
        {
            Address = app.Url,
            Key = TestApp.Key,
            Transport = new ContractHandler(),
            Token = _ =>
            {
                asked++;
                return new(issuer.Token("Broadcast.Read"));
            },
        });

        await client.Sending.GetAsync();
        var error = await Assert.ThrowsAsync<BulkSmsException>(() => client.Sending.SuspendAsync());

        Assert.Equal(("forbidden", 2), (error.Problem.Kind, asked));
    }

    [Theory]
    [InlineData(401, "unauthorized")] // the Functions host's own answer
    [InlineData(404, "not-found")]
    [InlineData(302, "redirected")]
    [InlineData(413, "unexpected-answer")]
    public async Task Answer_ThatIsNoDocument_IsAProblemAllTheSame(int status, string kind)
    {
        var stub = new StubTransport((_, _) => new((HttpStatusCode)status));
        using var client = Clients.Of(stub);

        var error = await Assert.ThrowsAsync<BulkSmsException>(() => client.OptOuts.FindAsync("+15551230001"));

        Assert.Equal((kind, status), (error.Problem.Kind, error.Problem.Status));
    }

    [Fact]
    public async Task Answer_ThatIsAnotherSite_IsAProblem()
    {
        var stub = new StubTransport((_, _) => StubTransport.Json("<html></html>", type: "text/html"));
        using var client = Clients.Of(stub);

        var error = await Assert.ThrowsAsync<BulkSmsException>(() => client.Sending.GetAsync());

        Assert.Equal("unexpected-answer", error.Problem.Kind);
    }

    [Fact]
    public async Task Ready_OfAnAppThatIsSuspended_IsAnAnswer()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var client = Clients.Of(app);
        Assert.Equal(Ready_status.Ready, (await client.Health.GetReadyAsync()).Status);

        await client.Sending.SuspendAsync();

        Assert.Equal(Ready_status.NotReady, (await client.Health.GetReadyAsync()).Status);
        Assert.Equal(Sending_status.Running, (await client.Sending.ResumeAsync()).Status);
    }

    [Theory]
    [InlineData("https://example.com", "https://example.com/api/v1/sending")]
    [InlineData("https://example.com/", "https://example.com/api/v1/sending")]
    [InlineData("https://example.com/api", "https://example.com/api/v1/sending")]
    [InlineData("https://example.com/sms/api/", "https://example.com/sms/api/v1/sending")]
    [InlineData("http://127.0.0.1:7071/?code=x", "http://127.0.0.1:7071/api/v1/sending")]
    public async Task Address_AsPeopleWriteIt_IsTheApps(string written, string expected)
    {
        var stub = new StubTransport((_, _) => StubTransport.Json("{}"));
        using var client = new BulkSmsClient(new BulkSmsClientOptions { Address = new(written), Transport = stub });

        await client.Sending.GetAsync();

        Assert.Equal(new Uri(expected), Assert.Single(stub.Asked).Address);
    }
}
