using System.Text.Json;
using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Recipients;
using static BulkSms.Tests.Broadcasts.RequestReading;

namespace BulkSms.Tests.Broadcasts;

/// <summary>Two people on one phone, in JSON and in a file: what <c>onDuplicate</c> makes of them.</summary>
public sealed class DuplicateTests
{
    private const string Message = "Hi {{name}}";

    [Fact]
    public void First_ByDefault_SendsTheFirstAndListsTheOthers()
    {
        var request = Good(Json("", (Ada, "Ada"), (Bob, "Bob"), (Ada, "Eve"), (Ada, "Ada")));

        Assert.Equal([(Ada, "Hi Ada"), (Bob, "Hi Bob")], TextsOf(request));
        Assert.Equal(2, request.Recipients.Duplicates);
        Assert.Equal(
            [new(2, Ada, SkippedReason.Duplicate, null, null, 0, true) { To = Ada }, new SkippedEntry(3, Ada, SkippedReason.Duplicate, null, null, 0) { To = Ada }], request.Skipped);
    }

    [Fact]
    public void Each_OtherTexts_AreSentToOnePhone()
    {
        var request = Good(Json("\"onDuplicate\": \"each\",", (Ada, "Ada"), (Ada, "Eve"), (Ada, "Ada"), (Ada, "Eve"), (Ada, "Jo")));

        Assert.Equal([(Ada, "Hi Ada"), (Ada, "Hi Eve"), (Ada, "Hi Jo")], TextsOf(request));
        Assert.Equal([0, 1, 2], request.Recipients.Only(null).Select(recipient => recipient.Copy));
        Assert.Equal((2, 3), (request.Recipients.Duplicates, request.Recipients.MostCopies));
        Assert.Equal([0, 1], request.Skipped.Select(entry => entry.DuplicateOf!.Value)); // the one with the same text is named
    }

    [Fact]
    public void Each_TwoNumbersOfOnePhone_AreTwoTextsToIt()
    {
        var request = Good(Json("\"onDuplicate\": \"each\",", ("+525512345678", "Ada"), ("+52 1 55 1234 5678", "Eve")));

        Assert.Equal([0, 1], request.Recipients.Only(null).Select(recipient => recipient.Copy));
    }

    [Fact]
    public void Each_WithoutPersonalTexts_IsOneRecipient()
    {
        var request = Good($$"""{"message": "Hello", "onDuplicate": "each", "recipients": ["{{Ada}}", "{{Ada}}"]}""");

        Assert.Equal((1, 1), (request.Recipients.Unique.Count, request.Recipients.Duplicates));
    }

    [Fact]
    public void Each_MoreTextsThanAPhoneMayGet_IsAnError()
    {
        var people = Enumerable.Range(0, RecipientList.MaxCopies + 1).Select(i => (Ada, $"person {i}")).ToArray();

        Assert.Equal(["$.recipients[20]: is one text too many to one phone: at most 20 are sent"], FaultsOf(Json("\"onDuplicate\": \"each\",", people)));
    }

    [Fact]
    public void Each_TextThatCannotBeMade_IsAnError() => Assert.Equal(
        ["$.recipients[1]: has no value for {{name}}"], FaultsOf(Json("\"onDuplicate\": \"each\",", (Ada, "Ada"), (Ada, ""))));

    [Theory]
    [InlineData("reject")]
    [InlineData("skip")] // which of both is meant is not guessed
    public void Reject_OtherTexts_AreErrorsAtBothThatNameTheOther(string onInvalid) => Assert.Equal(
        [
            "$.recipients[0]: has the phone of $.recipients[2] with another text: leave one of them out, or set onDuplicate to each to send both",
            "$.recipients[2]: has the phone of $.recipients[0] with another text: leave one of them out, or set onDuplicate to each to send both",
            "$.recipients[4]: has the phone of $.recipients[0] with another text: leave one of them out, or set onDuplicate to each to send both",
        ],
        FaultsOf(Json($"\"onDuplicate\": \"reject\", \"onInvalid\": \"{onInvalid}\",", (Ada, "Ada"), (Bob, "Bob"), (Ada, "Eve"), (Ada, "Ada"), (Ada, "Jo"))).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Reject_InAFile_NamesTheLines()
    {
        var (_, errors, _) = await UploadReading.ReadKeptAsync(
            UploadReading.AnyFile, "to,name\n+15550001111,Ada\n\n+15550001111,Eve\n"u8.ToArray(), Message, onDuplicate: OnDuplicate.Reject);

        Assert.Equal(["line 2", "line 4"], errors.First.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("the phone of line 4", errors.First["line 2"].Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_InAFile_KeepsBoth()
    {
        var (people, errors, _) = await UploadReading.ReadKeptAsync(
            UploadReading.AnyFile, "to,name\n+15550001111,Ada\n+15550001111,Eve\n"u8.ToArray(), Message, onDuplicate: OnDuplicate.Each);

        Assert.Empty(errors.First);
        Assert.Equal([("Hi Ada", 2, 0), ("Hi Eve", 3, 1)], people.Select(person => (person.Text, person.Place, person.Copy)));
    }

    [Fact]
    public void OnDuplicate_AnotherWord_IsAnError() => Assert.Equal(["$.onDuplicate: must be first, each or reject"], FaultsOf(Json("\"onDuplicate\": \"both\",", (Ada, "Ada"))));

    private static IEnumerable<(string, string?)> TextsOf(BroadcastRequest request) => request.Recipients.Only(null).Select(recipient => (recipient.To, recipient.Text));

    private static string Json(string fields, params (string To, string Name)[] people)
    {
        var recipients = JsonSerializer.Serialize(people.Select(person => new { to = person.To, data = new { name = person.Name } }));
        return $"{{\"message\": \"{Message}\", {fields} \"recipients\": {recipients}}}";
    }
}
