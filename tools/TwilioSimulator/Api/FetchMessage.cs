namespace BulkSms.TwilioSimulator;

/// <summary><c>GET Messages/{Sid}.json</c>.</summary>
internal sealed class FetchMessage(Faults faults, MessageLog log, Gatekeeper gatekeeper, MessageView view, Exchange exchange)
{
    public Task HandleAsync(HttpContext context) => gatekeeper.Refuse(context) is { } refusal
        ? exchange.WriteAsync(context, refusal, call: null)
        : exchange.RunAsync(context, faults.ForRead(), () => Task.FromResult(Fetch(context.GetRouteValue("sid") as string ?? "")));

    private TwilioReply Fetch(string sid) => log.Find(sid) is { } message
        ? TwilioReply.Json(200, view.Show(message, message.State, rewrite: true), TwilioJson.Plain.MessageResource)
        : TwilioReply.Error(20404);
}
