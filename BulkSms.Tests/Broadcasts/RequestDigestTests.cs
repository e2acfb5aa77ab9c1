using BulkSms.Broadcasts.Requests;
using BulkSms.Http;
using BulkSms.Messages;
using BulkSms.Recipients;

namespace BulkSms.Tests.Broadcasts;

/// <summary>Everything that changes what is sent or kept changes the digest: each property of a request's terms and of an entry is changed once, and none can be forgotten.</summary>
public sealed class RequestDigestTests
{
    /// <summary>Another value for each property; null: it says how a request is read or how its errors are named, and changes nothing by itself.</summary>
    private static readonly Dictionary<string, Func<BroadcastTerms, BroadcastTerms>?> Terms = new(StringComparer.Ordinal)
    {
        [nameof(BroadcastTerms.Message)] = null, // made of what was written
        [nameof(BroadcastTerms.Extras)] = terms => terms with { Extras = new() { ShortenUrls = true } }, // each of them: Of_EachOfTheExtras_IsInIt
        [nameof(BroadcastTerms.Written)] = terms => terms with { Written = "Hello" },
        [nameof(BroadcastTerms.Profile)] = terms => terms with { Profile = "alerts" },
        [nameof(BroadcastTerms.SendAt)] = terms => terms with { SendAt = RequestReading.Now.AddHours(1) },
        [nameof(BroadcastTerms.ExpiresAt)] = terms => terms with { ExpiresAt = RequestReading.Now.AddHours(1) },
        [nameof(BroadcastTerms.Quiet)] = null, // as asked, or the profile's
        [nameof(BroadcastTerms.AskedQuiet)] = terms => terms with { AskedQuiet = new(new(21, 0), new(8, 0)) },
        [nameof(BroadcastTerms.Numbers)] = terms => terms with { Numbers = new("US") },
        [nameof(BroadcastTerms.Template)] = null, // the message says it
        [nameof(BroadcastTerms.MaxMessageLength)] = null, // a setting
        [nameof(BroadcastTerms.Canary)] = terms => terms with { Canary = new(0.01m, TimeSpan.FromMinutes(10)) },
        [nameof(BroadcastTerms.IsHigh)] = terms => terms with { IsHigh = true },
        [nameof(BroadcastTerms.SendOver)] = terms => terms with { SendOver = TimeSpan.FromHours(1) },
        [nameof(BroadcastTerms.MaxCost)] = terms => terms with { MaxCost = 1 },
        [nameof(BroadcastTerms.SkipInvalid)] = terms => terms with { SkipInvalid = true },
        [nameof(BroadcastTerms.OnDuplicate)] = terms => terms with { OnDuplicate = OnDuplicate.Each },
        [nameof(BroadcastTerms.SkipKnownBad)] = terms => terms with { SkipKnownBad = true },
        [nameof(BroadcastTerms.IsLiteral)] = null, // what is sent is the same; it only lets a likely mistake pass
        [nameof(BroadcastTerms.SmartEncoding)] = null, // as asked, or a setting
        [nameof(BroadcastTerms.AskedSmartEncoding)] = terms => terms with { AskedSmartEncoding = true },
        [nameof(BroadcastTerms.ConfirmRepeat)] = null, // a key confirms it, too
        [nameof(BroadcastTerms.TestTo)] = null, // the recipient of a test says it
        [nameof(BroadcastTerms.IsTest)] = terms => terms with { IsTest = true },
        [nameof(BroadcastTerms.MessagePath)] = null,
        [nameof(BroadcastTerms.TestToPath)] = null,
        [nameof(BroadcastTerms.SendAtPath)] = null,
        [nameof(BroadcastTerms.CanaryPath)] = null,
        [nameof(BroadcastTerms.PriorityPath)] = null,
        [nameof(BroadcastTerms.SendOverPath)] = null,
        [nameof(BroadcastTerms.ExpiresAtPath)] = null,
    };

    private static readonly Dictionary<string, Func<ListEntry, ListEntry>> Entries = new(StringComparer.Ordinal)
    {
        [nameof(ListEntry.Place)] = entry => entry with { Place = 7 },
        [nameof(ListEntry.Number)] = entry => entry with { Number = "+1 555 000 1111" },
        [nameof(ListEntry.Reference)] = entry => entry with { Reference = "A-18" },
        [nameof(ListEntry.Data)] = entry => entry with { Data = [new("name", "Ada"), new("town", "Berlin")] },
    };

    private static readonly JsonPaths Json = new("$.recipients", hasMembers: true);
    private static readonly ListEntry Ada = new(0, RequestReading.Ada, "A-17", [new("name", "Ada"), new("town", "Bonn")]);
    private static readonly ListEntry Bob = new(1, RequestReading.Bob, null, [new("name", "Bob")]);

    [Fact]
    public void Of_EachPropertyOfTheTerms_IsInIt()
    {
        Assert.Equal(PropertiesOf<BroadcastTerms>(), Terms.Keys.Order(StringComparer.Ordinal));
        var plain = Digest(new("Hi"), [Ada, Bob]);
        foreach (var (name, change) in Terms.Where(each => each.Value is not null))
        {
            Assert.True(plain != Digest(change!(new("Hi")), [Ada, Bob]), name);
        }
    }

    [Fact]
    public void Of_EachOfTheExtras_IsInIt()
    {
        MessageExtras[] extras =
        [
            MessageExtras.None, new() { ShortenUrls = true }, new() { ContentSid = $"HX{new string('1', 32)}" }, new() { ContentSid = $"HX{new string('2', 32)}" },
            new() { MediaUrls = ["https://example.com/a"] }, new() { MediaUrls = ["https://example.com/b"] }, new() { MediaUrls = ["https://example.com/a", "https://example.com/b"] },
        ];

        Assert.Distinct(extras.Select(each => Digest(new("Hi") { Extras = each }, [Ada])));
    }

    [Fact]
    public void Of_EachPropertyOfAnEntry_IsInIt()
    {
        Assert.Equal(PropertiesOf<ListEntry>(), Entries.Keys.Order(StringComparer.Ordinal));
        var plain = Digest(new("Hi"), [Ada, Bob]);
        foreach (var (name, change) in Entries)
        {
            Assert.True(plain != Digest(new("Hi"), [change(Ada), Bob]), name);
        }
    }

    [Fact]
    public void Of_EachPropertyOfASkippedEntry_IsInIt()
    {
        var entry = new ListEntry(2, "no number", "B-1");
        var terms = new BroadcastTerms("Hi") { SkipInvalid = true };
        var plain = Digest(terms, [Ada, Bob, entry]);

        Assert.NotEqual(plain, Digest(terms, [Ada, Bob, entry with { Place = 3 }]));
        Assert.NotEqual(plain, Digest(terms, [Ada, Bob, entry with { Number = "nothing" }]));
        Assert.NotEqual(plain, Digest(terms, [Ada, Bob, entry with { Reference = "B-2" }]));
        Assert.NotEqual(Digest(terms, [Ada, Bob, Ada with { Place = 2 }]), Digest(terms, [Ada, Bob, Bob with { Place = 2 }]));
    }

    // A key that an older version has taken is repeated to a newer one.
    [Fact]
    public void Of_TheProfileDefault_IsThatOfNone() => Assert.Equal(Digest(new("Hi"), [Ada]), Digest(new("Hi") { Profile = "Default" }, [Ada]));

    [Fact]
    public void Of_FileAndJson_AreTwo() => Assert.NotEqual(Digest(new("Hi"), [Ada]), Digest(new("Hi"), [Ada], LinePaths.Instance));

    [Fact]
    public void Of_DataInAnotherOrder_IsTheSame() =>
        Assert.Equal(Digest(new("Hi"), [Ada]), Digest(new("Hi"), [Ada with { Data = [.. Ada.Data!.Reverse()] }]));

    [Fact]
    public void Of_DataPartedOtherwise_IsAnother() => Assert.NotEqual(
        Digest(new("Hi"), [Ada with { Data = [new("a", "bc"), new("d", "e")] }]), Digest(new("Hi"), [Ada with { Data = [new("ab", "c"), new("d", "e")] }]));

    private static IEnumerable<string> PropertiesOf<T>() => typeof(T).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal);

    private static string Digest(BroadcastTerms terms, IEnumerable<ListEntry> entries, ListPaths? paths = null)
    {
        var errors = new FieldErrors();
        var collector = new RecipientCollector(terms, errors);
        foreach (var entry in entries)
        {
            collector.Add(entry, paths ?? Json);
        }

        var request = collector.Complete();
        Assert.Empty(errors.First);
        return RequestDigest.Of(request!);
    }
}
