using System.Globalization;

namespace BulkSms.TwilioSimulator;

/// <summary><c>POST Messages.json</c>.</summary>
internal sealed class CreateMessage(
    TwilioSimulatorOptions options, Faults faults, MessageLog log, Gatekeeper gatekeeper, CallLimits limits, CreateRules rules,
    Lifecycle lifecycle, MessageView view, Exchange exchange)
{
    public async Task HandleAsync(HttpContext context)
    {
        var arrivedAt = options.Time.GetUtcNow();
        var inFlight = log.CallBegins();
        try
        {
            context.Response.Headers["Twilio-Concurrent-Requests"] = inFlight.ToString(CultureInfo.InvariantCulture);
            var raw = await RawBody.ReadAsync(context.Request);
            var form = CreateForm.Parse(raw);
            var call = new CreateCall(form.To, raw, arrivedAt, gatekeeper.Knows(context.Request));
            log.Add(call);
            await AnswerAsync(context, call, form, raw, inFlight);
        }
        finally
        {
            log.CallEnds();
        }
    }

    private Task AnswerAsync(HttpContext context, CreateCall call, CreateForm form, byte[] raw, int inFlight)
    {
        var refusal = gatekeeper.Refuse(context) ?? (limits.Refuses(inFlight) ? TwilioReply.Error(20429) : null);
        if (refusal is not null)
        {
            return exchange.WriteAsync(context, refusal, call);
        }

        var fault = faults.ForCreate(form.To);
        call.Fault = fault?.Name;
        return exchange.RunAsync(context, fault, () => ProcessAsync(context.GetRouteValue("account") as string ?? "", call, form, raw), call);
    }

    private async Task<TwilioReply> ProcessAsync(string account, CreateCall call, CreateForm form, byte[] raw)
    {
        if (rules.Refuse(form, account) is { } code)
        {
            return TwilioReply.Error(code, form.To);
        }

        var state = lifecycle.Initial(form);
        var message = new SimulatedMessage(form, raw, call.ArrivedAt, state) { AccountSid = account, Channel = rules.ChannelOf(form) };
        call.MessageSid = message.Sid;
        log.Add(message);
        await lifecycle.BeginAsync(message);
        return TwilioReply.Json(201, view.Show(message, state, rewrite: false), TwilioJson.Plain.MessageResource);
    }
}
