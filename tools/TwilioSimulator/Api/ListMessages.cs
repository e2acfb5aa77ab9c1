namespace BulkSms.TwilioSimulator;

/// <summary><c>GET Messages.json</c>: newest first, a page at a time.</summary>
internal sealed class ListMessages(
    TwilioSimulatorOptions options, Faults faults, MessageLog log, InboundLog inbound, Gatekeeper gatekeeper, MessageView view, Exchange exchange)
{
    public Task HandleAsync(HttpContext context) => gatekeeper.Refuse(context) is { } refusal
        ? exchange.WriteAsync(context, refusal, call: null)
        : exchange.RunAsync(context, faults.ForRead(), () => Task.FromResult(Page(ListQuery.Parse(context.Request.Query), context.GetRouteValue("account") as string ?? "")));

    private TwilioReply Page(ListQuery query, string account) => query.To == options.SenderNumber ? Received(query, account) : Sent(query, account);

    private TwilioReply Received(ListQuery query, string account)
    {
        var start = query.Page * query.PageSize;
        var newest = faults.ListLag > TimeSpan.Zero ? options.Time.GetUtcNow() - faults.ListLag : DateTimeOffset.MaxValue;
        var found = inbound.Newest(start, query.PageSize + 1, message => message.CreatedAt <= newest && message.AccountIn(options) == account);
        var path = TwilioPaths.Messages(account);
        var shown = found.Take(query.PageSize).ToList();
        return TwilioReply.Json(
            200,
            new MessagePage
            {
                Messages = [.. shown.Select(message => view.Show(message, options))],
                Page = query.Page,
                PageSize = query.PageSize,
                Start = start,
                End = Math.Max(start, start + shown.Count - 1),
                Uri = query.Uri(path, query.Page, query.PageToken),
                FirstPageUri = query.Uri(path, 0, token: null),
                NextPageUri = found.Count > query.PageSize ? query.Uri(path, query.Page + 1, $"PA{shown[^1].Sid}") : null,
            },
            TwilioJson.Plain.MessagePage);
    }

    private TwilioReply Sent(ListQuery query, string account)
    {
        var before = query.PageToken is { Length: > 2 } token ? log.Find(token[2..]) : null;
        if (query.PageToken is not null && before is null)
        {
            return TwilioReply.Error(20404);
        }

        var now = options.Time.GetUtcNow();
        var newest = faults.ListLag > TimeSpan.Zero ? now - faults.ListLag : DateTimeOffset.MaxValue;
        var found = log.Newest(query.To, before, query.PageSize + 1, m => m.AccountSid == account && m.DateCreated <= newest && query.Matches(m, faults) && !faults.Misses(m, now));
        return TwilioReply.Json(200, Page(query, found, account), TwilioJson.Plain.MessagePage);
    }

    private MessagePage Page(ListQuery query, List<SimulatedMessage> found, string account)
    {
        var path = TwilioPaths.Messages(account);
        var shown = found.Take(query.PageSize).ToList();
        var start = query.Page * query.PageSize;
        return new MessagePage
        {
            Messages = [.. shown.Select(message => view.Show(message, message.State, rewrite: true))],
            Page = query.Page,
            PageSize = query.PageSize,
            Start = start,
            End = Math.Max(start, start + shown.Count - 1),
            Uri = query.Uri(path, query.Page, query.PageToken),
            FirstPageUri = query.Uri(path, 0, token: null),
            NextPageUri = found.Count > query.PageSize ? query.Uri(path, query.Page + 1, $"PA{shown[^1].Sid}") : null,
        };
    }
}
