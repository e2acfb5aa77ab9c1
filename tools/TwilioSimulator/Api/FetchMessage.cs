namespace BulkSms.TwilioSimulator;

/// <summary><c>GET Messages/{Sid}.json</c>.</summary>
internal sealed class FetchMessage(TwilioSimulatorOptions options, Faults faults, MessageLog log, InboundLog inbound, Gatekeeper gatekeeper, MessageView view, Exchange exchange)
{
    public Task HandleAsync(HttpContext context) => gatekeeper.Refuse(context) is { } refusal
        ? exchange.WriteAsync(context, refusal, call: null)
        : exchange.RunAsync(context, faults.ForRead(), () => Task.FromResult(Fetch(context.GetRouteValue("sid") as string ?? "", context.GetRouteValue("account") as string ?? "")));

    private TwilioReply Fetch(string sid, string account) => log.Find(sid) is { } message && message.AccountSid == account
        ? TwilioReply.Json(200, view.Show(message, message.State, rewrite: true), TwilioJson.Plain.MessageResource)
        : inbound.Find(sid) is { } received && received.AccountIn(options) == account ? TwilioReply.Json(200, view.Show(received, options), TwilioJson.Plain.MessageResource)
        : TwilioReply.Error(20404);
}
