using Azure.Core;

namespace BulkSms.Tests.Contracts;

/// <summary>An identity whose token is good for storage.</summary>
internal sealed class StaticIdentity : TokenCredential
{
    public const string Token = "token-of-the-app";

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Assert.Equal(["https://storage.azure.com/.default"], requestContext.Scopes);
        return new(Token, TimeProvider.System.GetUtcNow().AddHours(1));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
}
