using BulkSms.Http;
using BulkSms.OptOuts.Wording;
using BulkSms.Recipients;
using BulkSms.Twilio;
using Microsoft.AspNetCore.Http;

namespace BulkSms.OptOuts;

/// <summary><c>POST /api/webhooks/optout</c>: a text from a recipient, as the Messaging Service's inbound webhook tells it. Trusted only with Twilio's signature.</summary>
public sealed class OptOutWebhook(SignedForms forms, ChangeOptOuts optOuts)
{
    /// <summary>TwiML that says nothing: Twilio replies to STOP itself.</summary>
    private const string NoReply = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    /// <summary>200 once the wish is done, or when there is none; 403 without a valid signature; 503 when storage is away.</summary>
    public async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        var (form, refusal) = await forms.ReadAsync(request, Routes.OptOutWebhook);
        return form is null ? refusal! : await StorageAnswer.GuardAsync(async () =>
        {
            // Short codes and names have no number, and are not on any list.
            if (PhoneNumber.TryParse(Value(form, "From") ?? "", out var from, out _))
            {
                await GrantAsync(from.Value, InboundText.Read(Value(form, "OptOutType"), Value(form, "Body")));
            }

            return Results.Text(NoReply, "text/xml");
        });
    }

    private static string? Value(IEnumerable<KeyValuePair<string, string>> form, string name) => form.FirstOrDefault(pair => pair.Key == name).Value;

    private Task GrantAsync(string number, InboundVerdict verdict) => verdict switch
    {
        InboundVerdict.OptOut => optOuts.AddAsync([number], OptOutSource.Text),
        InboundVerdict.OptIn => optOuts.RemoveAsync(number),
        _ => Task.CompletedTask,
    };
}
