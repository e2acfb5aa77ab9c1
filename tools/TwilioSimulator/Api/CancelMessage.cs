using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace BulkSms.TwilioSimulator;

/// <summary>
/// <c>POST Messages/{Sid}.json</c> with <c>Status=canceled</c>. Only a scheduled message can be called off; Twilio documents
/// 30409 for any other. Of the update it takes nothing else: no redaction.
/// </summary>
internal sealed class CancelMessage(Faults faults, MessageLog log, Gatekeeper gatekeeper, Lifecycle lifecycle, MessageView view, Exchange exchange)
{
    public async Task HandleAsync(HttpContext context)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(await RawBody.ReadAsync(context.Request)));
        var status = reader.ReadForm().GetValueOrDefault("Status").ToString();
        var refusal = gatekeeper.Refuse(context);
        await (refusal is not null
            ? exchange.WriteAsync(context, refusal, call: null)
            : exchange.RunAsync(context, faults.Outage, () => Task.FromResult(Cancel(context.GetRouteValue("sid") as string ?? "", status))));
    }

    private TwilioReply Cancel(string sid, string status)
    {
        if (log.Find(sid) is not { } message)
        {
            return TwilioReply.Error(20404);
        }

        if (status != MessageStatuses.Canceled)
        {
            return TwilioReply.Error(30400);
        }

        return lifecycle.TryCancel(message)
            ? TwilioReply.Json(200, view.Show(message, message.State, rewrite: true), TwilioJson.Plain.MessageResource)
            : TwilioReply.Error(30409);
    }
}
