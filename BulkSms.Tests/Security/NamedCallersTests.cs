using BulkSms.Security;
using BulkSms.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace BulkSms.Tests.Security;

/// <summary>One identity of a key's holder, however the key reaches the app.</summary>
public sealed class NamedCallersTests
{
    private const string Key = "K";
    private static readonly NamedCallers Holders = New(("shop", [Key, "K-old"]), ("office", ["O"]), ("comma", ["a,b"]));

    // What reaches the app on the Functions host, which has checked the first alone.
    [Theory]
    [InlineData("K")]
    [InlineData("K,x")]
    [InlineData("K, x")]
    [InlineData(" K ,x,y")]
    [InlineData("K,O")]
    [InlineData("K-old,K")]
    [InlineData("K-old")]
    public void Of_JoinedKeys_IsTheHolderOfTheFirst(string joined)
    {
        Assert.Equal("shop", ByParameter(joined).Name);
        Assert.Equal("shop", ByHeader(joined).Name);
        Assert.Equal(ByHeader(Key), ByParameter(joined));
    }

    [Fact]
    public void Of_TwoValues_IsTheHolderOfTheFirst()
    {
        Assert.Equal("shop", ByHeader(new(["K", "O"])).Name);
        Assert.Equal("office", ByParameter(new(["O", "K"])).Name);
    }

    [Fact]
    public void Of_HeaderAndParameter_IsTheHeadersAsOnTheHost()
    {
        var request = Keyed("O");
        request.Headers[Caller.KeyHeader] = Key;

        Assert.Equal("shop", Holders.Of(request).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("x,K")] // the host has let x in
    [InlineData("K-o")]
    public void Of_AKeyWithoutAName_IsOneCallerForAll(string key) => Assert.Equal(Caller.Unnamed, ByParameter(key));

    [Fact]
    public void Of_NoKey_IsWhoHasNoName() => Assert.Equal(Caller.Unnamed, Holders.Of(new DefaultHttpContext().Request));

    [Fact]
    public void Of_AKeyThatHoldsAComma_IsItsHolder() => Assert.Equal("comma", ByHeader("a,b").Name);

    [Fact]
    public void OfToken_NamedAsAKeysHolder_IsAnotherCaller() => Assert.NotEqual(Caller.OfKey("shop").Id, Caller.OfToken("shop").Id);

    private static Caller ByParameter(StringValues key) => Holders.Of(Keyed(key));

    private static Caller ByHeader(StringValues key)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[Caller.KeyHeader] = key;
        return Holders.Of(request);
    }

    private static HttpRequest Keyed(StringValues value) =>
        new DefaultHttpContext { Request = { QueryString = QueryString.Create([new KeyValuePair<string, StringValues>("code", value)]) } }.Request;

    private static NamedCallers New(params (string Name, string[] Keys)[] holders)
    {
        var options = new CallerOptions();
        foreach (var (name, keys) in holders)
        {
            options.KeyHashes[name] = [.. keys.Select(Callers.HashOf)];
        }

        return new(Options.Create(options));
    }
}
