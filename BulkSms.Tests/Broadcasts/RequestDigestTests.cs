using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Http;

namespace BulkSms.Tests.Broadcasts;

/// <summary>Everything that changes what is sent changes the digest of a request: each property of its terms is changed once, and none can be forgotten.</summary>
public sealed class RequestDigestTests
{
    /// <summary>Another value for each property; null: it says how a request is read or how its errors are named, and changes nothing by itself.</summary>
    private static readonly Dictionary<string, Func<BroadcastTerms, BroadcastTerms>?> Terms = new(StringComparer.Ordinal)
    {
        [nameof(BroadcastTerms.Message)] = null, // made of what was written
        [nameof(BroadcastTerms.Written)] = terms => terms with { Written = "Hello" },
        [nameof(BroadcastTerms.SendAt)] = terms => terms with { SendAt = RequestReading.Now.AddHours(1) },
        [nameof(BroadcastTerms.ExpiresAt)] = terms => terms with { ExpiresAt = RequestReading.Now.AddHours(1) },
        [nameof(BroadcastTerms.Quiet)] = terms => terms with { Quiet = new(new(21, 0), new(8, 0)) },
        [nameof(BroadcastTerms.Numbers)] = terms => terms with { Numbers = new("US") },
        [nameof(BroadcastTerms.Template)] = null, // the message says it
        [nameof(BroadcastTerms.MaxMessageLength)] = null, // a setting
        [nameof(BroadcastTerms.MaxCost)] = terms => terms with { MaxCost = 1 },
        [nameof(BroadcastTerms.SkipInvalid)] = terms => terms with { SkipInvalid = true },
        [nameof(BroadcastTerms.IsLiteral)] = null, // what is sent is the same; it only lets a likely mistake pass
        [nameof(BroadcastTerms.SmartEncoding)] = null, // as asked, or a setting
        [nameof(BroadcastTerms.AskedSmartEncoding)] = terms => terms with { AskedSmartEncoding = true },
        [nameof(BroadcastTerms.SendAtPath)] = null,
        [nameof(BroadcastTerms.ExpiresAtPath)] = null,
    };

    [Fact]
    public void Of_EachPropertyOfTheTerms_IsInIt()
    {
        Assert.Equal(
            typeof(BroadcastTerms).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal), Terms.Keys.Order(StringComparer.Ordinal));
        var plain = Digest(new("Hi"));
        foreach (var (name, change) in Terms.Where(each => each.Value is not null))
        {
            Assert.True(plain != Digest(change!(new("Hi"))), name);
        }
    }

    private static string Digest(BroadcastTerms terms)
    {
        var errors = new FieldErrors();
        var collector = new RecipientCollector(terms, errors);
        collector.Add(new ListEntry(0, RequestReading.Ada), LinePaths.Instance);
        var request = collector.Complete();
        Assert.Empty(errors.First);
        return IdempotencyKey.DigestOf(request!);
    }
}
