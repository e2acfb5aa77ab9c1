using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>A request for one text, that of one recipient, to a number of the sender's own. It goes the way of any other: at once, whatever the schedule and the quiet hours are.</summary>
public static class TestRequest
{
    /// <summary>Makes it.</summary>
    /// <param name="request">The whole request.</param>
    /// <param name="index">Whose text: among its recipients.</param>
    public static BroadcastRequest Of(BroadcastRequest request, int index)
    {
        var text = request.Recipients.Texts?.At(index) ?? request.Message;
        var terms = new BroadcastTerms(text)
        {
            IsTest = true,
            Extras = request.Terms.Extras,
            Profile = request.Terms.Profile,
            TestTo = request.Terms.TestTo,
            TestToPath = request.Terms.TestToPath,
            MaxMessageLength = request.Terms.MaxMessageLength,
        };
        var list = new RecipientList();
        list.Add(request.Recipients.Places[index], terms.TestTo!);
        return new(terms, list, new(request.Places.Paths, list.Places)) { Warnings = request.Warnings };
    }
}
