using System.Net;
using BulkSms.Security;
using BulkSms.Tests.Infrastructure;
using Microsoft.IdentityModel.Tokens;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Which bearer tokens pass.</summary>
public sealed class TokenTests(MemoryFixture memory)
{
    public static TheoryData<string> Bad => [.. BadTokens.Keys];

    private static readonly Dictionary<string, Action<TokenIssuer, SecurityTokenDescriptor>> BadTokens = new(StringComparer.Ordinal)
    {
        ["another audience"] = (_, token) => token.Audience = "another-api",
        ["another issuer"] = (_, token) => token.Issuer = "https://elsewhere.invalid",
        ["expired"] = (_, token) => (token.NotBefore, token.Expires) = (token.NotBefore!.Value.AddHours(-2), token.Expires!.Value.AddHours(-1)),
        ["not valid yet"] = (_, token) => (token.NotBefore, token.Expires) = (token.NotBefore!.Value.AddHours(1), token.Expires!.Value.AddHours(2)),
        ["for ever"] = (_, token) => token.Expires = null,
        ["not signed"] = (_, token) => token.SigningCredentials = null,
        ["signed with the public key as a secret"] = (issuer, token) => token.SigningCredentials = issuer.PublicKeyAsSecret(),
        ["signed by another issuer under this key id"] = (issuer, token) => token.SigningCredentials = issuer.ForgedKey(),
        ["of no subject"] = (_, token) => token.Subject = new([new("azp", "calling-app"), new("roles", CallerRoles.Read)]),
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Token_ThatIsBad_Is401(string fault)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);
        const string Route = "GET v1/broadcasts";
        Assert.Equal(HttpStatusCode.OK, await Callers.AskAsync(app, Route, key: true, issuer.Token(CallerRoles.Read)));

        Assert.Equal(HttpStatusCode.Unauthorized, await Callers.AskAsync(app, Route, key: true, issuer.Token(token => BadTokens[fault](issuer, token), CallerRoles.Read)));
    }

    // Claims as in Entra ID's tokens, with made-up values; all of them for this audience, signed, and with the role.
    private const string Signed = "sub=S oid=O tid=T ver=2.0 ";

    [Theory]
    [InlineData("ID token", Signed + "name=Ada preferred_username=ada@example.com nonce=n rh=r uti=u", null, HttpStatusCode.Unauthorized)]
    [InlineData("ID token without a nonce", Signed + "name=Ada preferred_username=ada@example.com", null, HttpStatusCode.Unauthorized)]
    [InlineData("ID token, version 1", "sub=S oid=O tid=T ver=1.0 name=Ada unique_name=ada@example.com amr=pwd", null, HttpStatusCode.Unauthorized)]
    [InlineData("another issuer's ID token, with azp", "sub=S azp=A at_hash=h nonce=n", null, HttpStatusCode.Unauthorized)]
    [InlineData("of a hybrid flow", "sub=S azp=A c_hash=h", null, HttpStatusCode.Unauthorized)]
    [InlineData("delegated", Signed + "azp=A azpacr=1 scp=access_as_user name=Ada", null, HttpStatusCode.OK)]
    [InlineData("delegated, version 1", "sub=S oid=O tid=T ver=1.0 appid=A appidacr=1 scp=access_as_user", null, HttpStatusCode.OK)]
    [InlineData("app-only", Signed + "azp=A azpacr=1", null, HttpStatusCode.OK)]
    [InlineData("app-only, version 1", "sub=S oid=O tid=T ver=1.0 appid=A appidacr=1", null, HttpStatusCode.OK)]
    [InlineData("RFC 9068", "sub=S client_id=A jti=j", "at+jwt", HttpStatusCode.OK)]
    [InlineData("RFC 9068 in full", "sub=S client_id=A jti=j", "application/at+jwt", HttpStatusCode.OK)]
    public async Task Token_OfEachKind_PassesOnlyForAccess(string kind, string claims, string? type, HttpStatusCode expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);
        var token = issuer.Token(descriptor =>
        {
            descriptor.Subject = new([.. claims.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(claim => new System.Security.Claims.Claim(claim.Split('=')[0], claim.Split('=')[1])), new("roles", CallerRoles.Read)]);
            descriptor.TokenType = type ?? descriptor.TokenType;
        });

        Assert.True(expected == await Callers.AskAsync(app, "GET v1/broadcasts", key: true, token), kind);
    }

    [Fact]
    public async Task Token_OfAKeyThatIsNew_MakesTheKeysBeReadAgain()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);
        Assert.Equal(HttpStatusCode.OK, await Callers.AskAsync(app, "GET v1/broadcasts", key: true, issuer.Token(CallerRoles.Read)));

        issuer.RotateKey();

        await Eventually.GetAsync(() => Callers.AskAsync(app, "GET v1/broadcasts", key: true, issuer.Token(CallerRoles.Read)), status => status == HttpStatusCode.OK);
    }
}
