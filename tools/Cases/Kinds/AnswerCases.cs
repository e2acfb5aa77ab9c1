using System.Net;
using System.Text;
using BulkSms.Twilio;

namespace BulkSms.Cases.Kinds;

/// <summary><c>answers.jsonl</c>: what an answer of Twilio's to a send leads to.</summary>
internal sealed class AnswerCases : PlainKind
{
    public override string File => "answers.jsonl";

    public override Task<string?> RunAsync(Case given)
    {
        var outcome = Word(given.Text("connect") is not null ? Refused() : Answered(given));
        return Task.FromResult(outcome == given.Expected.GetString() ? null : $"expected {given.Expected.GetString()}, got {outcome}: {given.Root}");
    }

    private static SendOutcome Refused() => BrokenCall.Read(new HttpRequestException(HttpRequestError.ConnectionError, "refused"), timedOut: false);

    private static SendOutcome Answered(Case given)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)given.Root.GetProperty("http").GetInt32());
        var body = given.Root.TryGetProperty("code", out var code) ? $"{{\"code\": {code.GetInt32()}, \"message\": \"no\"}}" : "no";
        return TwilioAnswer.Read(response, Encoding.UTF8.GetBytes(body), TimeProvider.System);
    }

    private static string Word(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Retry => "retry",
        SendOutcome.Suspend => "suspend",
        SendOutcome.Rejected => "rejected",
        SendOutcome.OptedOut => "optedOut",
        SendOutcome.Unconfirmed => "unconfirmed",
        _ => outcome.GetType().Name,
    };
}
